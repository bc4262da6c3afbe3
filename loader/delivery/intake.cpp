#include "loader/delivery/intake.hpp"

#include <utility>

namespace payferry {

namespace {

constexpr std::string_view kSentBefore =
    "It was sent by an earlier process of this run, so that HubSpot may have it: look for it there "
    "before you load it again. It is refused by now: ";

/// Without the reason.
RefusedEntry refused(const BatchEntry& of) {
  RefusedEntry entry;
  entry.number = of.number;
  entry.position = of.position;
  entry.amount = of.amount;
  entry.currency = of.currency;
  entry.key = of.key;
  entry.raw = of.raw;
  return entry;
}

RefusedEntry duplicate(const BatchEntry& of, RecordNumber first_record) {
  RefusedEntry entry = refused(of);
  entry.error.code = "DUPLICATE_IN_SOURCE";
  entry.error.message =
      "Record " + std::to_string(first_record.value()) + " of this run has the same id";
  entry.first_record = first_record;
  return entry;
}

}  // namespace

Intake::Intake(RecordReader& reader, Mapping mapping, Options options, ResumeState state)
    : reader_(reader),
      mapping_(std::move(mapping)),
      options_(options),
      state_(std::move(state)),
      keys_(options.remembered_keys),
      last_batch_(state_.last_batch) {
  if (state_.start.next > RecordNumber(1)) {
    reader_.resume_at(state_.start.position, state_.start.next);
    keys_.set_incomplete();
  }
}

std::optional<Batch> Intake::next_batch() {
  if (!next_record()) return std::nullopt;
  last_batch_ = last_batch_.next();
  unclaimed_.reset();  // left by a batch that was broken off
  Batch batch(last_batch_);
  batch.set_first(record_.number, record_.position);
  batch.set_input_broken(broken_before(record_.position));
  do {
    add(batch, record_);
  } while (!is_full(batch) && next_record());
  claim_last_key(batch);
  batch.set_keys_complete(keys_.is_complete());
  return batch;
}

std::string Intake::broken_before(const SourcePosition& position) const {
  std::span<const SourceBreak> breaks = reader_.breaks();
  while (!breaks.empty() && breaks.back().position >= position)
    breaks = breaks.first(breaks.size() - 1);
  return told(state_.start.input_broken, breaks);
}

bool Intake::next_record() {
  // Looking for one more would wait for it where the input is a pipe.
  if (options_.limit && record_.number.value() >= *options_.limit) return false;
  if (!reader_.next(record_)) return false;
  return !options_.limit || record_.number.value() <= *options_.limit;
}

bool Intake::is_full(const Batch& batch) const {
  return batch.records() >= options_.batch_records || batch.input_bytes() >= options_.batch_bytes ||
         batch.row_bytes() >= options_.batch_row_bytes;
}

void Intake::add(Batch& batch, const Record& record) {
  input_.clear();
  mapping_.map(record, input_, mapped_);
  claim_last_key(batch);
  if (add_settled(batch, record)) return;
  if (mapped_.error) {
    add_refused(batch, record);
  } else {
    add_entry(batch, record);
  }
}

/// Nearly every key is new. So a record is added before that is known, and taken back if it is a
/// duplicate; what tells so comes from memory while the next record is read and mapped.
void Intake::claim_last_key(Batch& batch) {
  const auto key = std::exchange(unclaimed_, std::nullopt);
  if (!key) return;
  const BatchEntry& last = batch.entries().back();
  const auto first_record = keys_.claim(*key, last.number);
  if (!first_record) return;
  batch.add(duplicate(last, *first_record));
  batch.take_back_entry();
}

/// An earlier process logged its outcome; the books and the files of rejects take it up again.
bool Intake::add_settled(Batch& batch, const Record& record) {
  const auto known = state_.settled.find(record.number);
  if (known == state_.settled.end()) return false;
  SettledEntry entry;
  entry.number = record.number;
  entry.amount = mapped_.amount;
  entry.currency = mapped_.currency;
  entry.status = known->second.status;
  entry.lacks_association = known->second.lacks_association;
  if (!is_loaded(entry.status)) {
    entry.raw = record.raw;
    entry.message = std::move(known->second.message);
  }
  if (!mapped_.error && !mapped_.key.empty()) {
    keys_.claim(mapped_.key, known->second.first_record.value_or(record.number));
  }
  batch.add(std::move(entry));
  state_.settled.erase(known);
  return true;
}

/// Views into `record` and what it was mapped to.
BatchEntry Intake::entry_of(const Record& record) const {
  BatchEntry entry;
  entry.number = record.number;
  entry.position = record.position;
  entry.amount = mapped_.amount;
  entry.currency = mapped_.currency;
  entry.key = mapped_.key;
  entry.input = input_;
  entry.raw = record.raw;
  return entry;
}

/// What was sent before a newer version refuses it is not looked up: it may be the key that is
/// refused.
void Intake::add_refused(Batch& batch, const Record& record) {
  RefusedEntry entry = refused(entry_of(record));
  entry.error = *mapped_.error;
  const auto doubt = state_.in_doubt.find(record.number);
  if (doubt != state_.in_doubt.end()) {
    entry.attempts = doubt->second.attempts;
    entry.error.message.insert(0, kSentBefore);
    state_.in_doubt.erase(doubt);
  }
  batch.add(std::move(entry));
}

void Intake::add_entry(Batch& batch, const Record& record) {
  BatchEntry entry = entry_of(record);
  const auto doubt = state_.in_doubt.find(record.number);
  if (doubt != state_.in_doubt.end()) entry.in_doubt = &doubt->second;
  batch.add(entry);
  if (entry.in_doubt != nullptr) state_.in_doubt.erase(doubt);
  for (std::size_t rule = 0; rule < mapped_.targets.size(); ++rule) {
    if (!mapped_.targets[rule].empty()) batch.add_target(rule, mapped_.targets[rule]);
  }
  if (options_.write == WriteMode::create && !mapped_.key.empty())
    unclaimed_ = keys_.foresee(mapped_.key);
}

}  // namespace payferry
