#include "loader/verify/check_source.hpp"

#include <algorithm>
#include <utility>

#include "model/batch.hpp"

namespace payferry {

namespace {

/// A stretch is closed at so many records of any kind, or bytes of those that are read back: so
/// much of it is done again after a stop, and so long the network is kept waiting.
constexpr std::uint64_t kMostRecords = 5'000;
constexpr std::size_t kMostBytes = 1024 * 1024;

}  // namespace

CheckSource::CheckSource(RecordReader& reader, Mapping mapping, OrderedOutcomes outcomes,
                         Options options, const CheckPosition& start)
    : reader_(reader),
      mapping_(std::move(mapping)),
      outcomes_(std::move(outcomes)),
      options_(std::move(options)) {
  if (start.next > RecordNumber(1)) {
    record_.number = start.next.previous();
    reader_.resume_at(start.source, start.next);
  }
}

std::optional<CheckBatch> CheckSource::next_batch() {
  CheckBatch batch;
  std::size_t bytes = 0;
  while (batch.records.size() < kMaxBatchRecords && batch.source.records < kMostRecords &&
         bytes < kMostBytes && next_record()) {
    input_.clear();
    mapping_.map(record_, input_, mapped_);
    bytes += input_.size();
    add(batch);
  }
  if (batch.source.records == 0) return std::nullopt;
  batch.number = ++last_number_;
  batch.end.next = record_.number.next();
  batch.end.source = reader_.position();
  batch.end.outcomes_bytes = outcomes_.resume_offset();
  return batch;
}

/// False at the end, for good.
bool CheckSource::next_record() {
  if (has_ended_) return false;
  const bool within_limit = !options_.limit || record_.number.value() < *options_.limit;
  const bool has_outcomes = outcomes_.has_more();
  const bool has_record = within_limit && reader_.next(record_);
  if (has_record && has_outcomes) return true;
  has_ended_ = true;
  is_source_short_ = has_outcomes;
  is_run_incomplete_ = is_run_incomplete_ || has_record;
  return false;
}

void CheckSource::add(CheckBatch& batch) {
  batch.source.count_read(mapped_.currency, mapped_.amount);
  std::optional<LoggedOutcome> outcome = outcomes_.take(record_.number);
  if (!outcome) {
    is_run_incomplete_ = true;
    return;
  }
  batch.source.count_outcome(mapped_.currency, mapped_.amount, outcome->status);
  if (is_loaded(outcome->status)) add_loaded(batch, *std::move(outcome));
}

void CheckSource::add_loaded(CheckBatch& batch, LoggedOutcome outcome) {
  CheckedRecord& checked = batch.records.emplace_back();
  checked.number = record_.number;
  checked.position = record_.position;
  checked.status = outcome.status;
  checked.id = std::move(outcome.id);
  checked.key = mapped_.key;
  checked.currency = mapped_.currency;
  checked.amount = mapped_.amount;
  if (mapped_.error) {
    checked.problem = mapped_.error->message;
  } else {
    checked.expected = expected(outcome.status);
  }
}

PropertyList CheckSource::expected(OutcomeStatus status) const {
  PropertyList properties = open_input(input_).properties;
  // An upsert names its key beside the properties (contract §1.5).
  if (!mapped_.key.empty() && !find_property(properties, options_.id_property)) {
    properties.emplace_back(options_.id_property, mapped_.key);
    std::sort(properties.begin(), properties.end());
  }
  // What stood there before need not be this run's.
  if (status == OutcomeStatus::existing) {
    std::erase_if(properties, [this](const auto& property) {
      return !options_.run_property.empty() && property.first == options_.run_property;
    });
  }
  return properties;
}

}  // namespace payferry
