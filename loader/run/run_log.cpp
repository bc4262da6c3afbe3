#include "loader/run/run_log.hpp"

#include <algorithm>
#include <stdexcept>

#include "model/counted.hpp"

namespace payferry {

namespace asio = boost::asio;

namespace {

std::vector<RecordRange> ranges_of(const Batch& batch, std::span<const std::size_t> entries) {
  std::vector<RecordRange> ranges;
  for (const std::size_t entry : entries) {
    const RecordNumber number = batch.entries()[entry].number;
    if (!ranges.empty() && ranges.back().last.next() == number) {
      ranges.back().last = number;
    } else {
      ranges.push_back({number, number});
    }
  }
  return ranges;
}

OutcomeStatus status_of(const RefusedEntry& entry) {
  if (entry.attempts > 0) return OutcomeStatus::unknown;
  return entry.first_record ? OutcomeStatus::rejected : OutcomeStatus::invalid;
}

Outcome outcome_of(const RefusedEntry& entry) {
  Outcome outcome;
  outcome.record = entry.number;
  outcome.status = status_of(entry);
  outcome.attempts = entry.attempts;
  outcome.refusal->code = entry.error.code;
  outcome.refusal->property = entry.error.property;
  outcome.refusal->column = entry.error.column;
  outcome.refusal->message = entry.error.message;
  outcome.refusal->first_record = entry.first_record;
  return outcome;
}

}  // namespace

RunLog::RunLog(DurableLog& log, Time& time, Options options, const ResumeState& state)
    : log_(log),
      time_(time),
      options_(std::move(options)),
      reject_rows_(options_.rejects),
      reject_bytes_durable_(bytes_of_rejects()),
      before_open_(state.start.tally),
      last_known_before_(state.last_known()),
      known_before_from_(state.start.bytes),
      last_cut_send_(state.last_open_send()),
      tally_(state.start.tally),
      counters_(state.counters),
      begun_(time.now()) {}

Counters RunLog::counters_now() const {
  Counters counters = counters_;
  counters.busy += std::chrono::duration_cast<std::chrono::milliseconds>(time_.now() - begun_);
  return counters;
}

CheckpointLine RunLog::start_of(const Batch& batch) const {
  CheckpointLine start;
  start.next = batch.first_record();
  start.position = batch.first_position();
  start.input_broken = batch.input_broken();
  for (const LogFile file : {LogFile::outcomes, LogFile::attempts}) {
    const auto index = static_cast<std::size_t>(file);
    start.bytes[index] =
        start.next <= last_known_before_ ? known_before_from_[index] : log_.size(file);
  }
  return start;
}

void RunLog::open_batch(const Batch& batch) {
  OpenBatch& open = open_[batch.number()];
  open.start = start_of(batch);
  open.batch_bytes = batch.bytes();
  batch_bytes_open_ += open.batch_bytes;
  for (const BatchEntry& entry : batch.entries())
    open.tally.count_read(entry.currency, entry.amount);
  if (!batch.refused().empty()) write_refused(batch, open);
  for (const SettledEntry& entry : batch.settled()) count_settled_before(entry, open);
  tally_ += open.tally;
}

void RunLog::write_refused(const Batch& batch, OpenBatch& open) {
  OutcomeLines lines(log_.buffer(LogFile::outcomes), time_.wall_now());
  for (const RefusedEntry& entry : batch.refused()) {
    const Outcome outcome = outcome_of(entry);
    lines.append(outcome, identity_of(entry.position, entry.key));
    keep_reject(open, outcome.status, entry.raw, entry.error.message);
    open.tally.count_read(entry.currency, entry.amount);
    open.tally.count_outcome(entry.currency, entry.amount, outcome.status);
    settled_here_.count_outcome(entry.currency, entry.amount, outcome.status);
  }
}

void RunLog::count_settled_before(const SettledEntry& entry, OpenBatch& open) {
  if (!is_loaded(entry.status)) keep_reject(open, entry.status, entry.raw, entry.message);
  open.tally.count_read(entry.currency, entry.amount);
  open.tally.count_outcome(entry.currency, entry.amount, entry.status);
  open.tally.lacking_association += entry.lacks_association ? 1 : 0;
}

RecordIdentity RunLog::identity_of(const SourcePosition& position, std::string_view key) const {
  RecordIdentity identity;
  identity.line = position.line;
  if (!options_.file_names.empty()) identity.file = options_.file_names.at(position.input.value());
  identity.key = key;
  return identity;
}

void RunLog::keep_reject(OpenBatch& open, OutcomeStatus status, std::string_view raw,
                         std::string_view message) {
  std::string& rows = status == OutcomeStatus::unknown ? open.unknown : open.rejects;
  const std::size_t before = rows.size();
  reject_rows_.append_row(rows, raw, message);
  reject_bytes_held_ += rows.size() - before;
}

void RunLog::write_rejects(OpenBatch& open) {
  write_rows(LogFile::rejects, open.rejects);
  write_rows(LogFile::unknown, open.unknown);
}

void RunLog::write_rows(LogFile file, std::string& rows) {
  if (rows.empty()) return;
  const bool is_new = log_.size(file) == 0;
  std::string& buffer = log_.buffer(file);
  if (is_new) reject_rows_.append_header(buffer);
  buffer += rows;
  reject_bytes_held_ -= rows.size();
  rows.clear();
}

asio::awaitable<void> RunLog::record_send(const Batch& batch, std::span<const std::size_t> entries,
                                          std::uint32_t attempt,
                                          std::optional<MomentSpan> by_hubspots_clock) {
  SendLine line;
  line.batch = batch.number();
  line.attempt = attempt;
  line.records = ranges_of(batch, entries);
  line.by_hubspots_clock = by_hubspots_clock;
  line.at = time_.wall_now();
  append_line(log_.buffer(LogFile::attempts), line);
  co_await log_.commit();
}

void RunLog::record_answer(const Batch& batch, std::uint32_t attempt, const Answer& answer,
                           bool none_written) {
  AnswerLine line;
  line.batch = batch.number();
  line.attempt = attempt;
  line.http = answer.status;
  line.failure = answer.failure;
  line.correlation_id = answer.correlation_id;
  line.none_written = none_written;
  line.at = time_.wall_now();
  if (answer.reach == Reach::sent_unanswered) {
    const auto ago = time_.continuous_now() - answer.sent_at;
    last_cut_send_ = std::max(last_cut_send_, std::optional(line.at - ago));
  }
  append_line(log_.buffer(LogFile::attempts), line);
}

void RunLog::record_outcomes(const Batch& batch, const std::vector<FinalOutcome>& outcomes) {
  if (outcomes.empty()) return;
  OpenBatch& open = open_.at(batch.number());
  OutcomeLines lines(log_.buffer(LogFile::outcomes), time_.wall_now());
  Tally settled;
  for (const auto& [place, outcome] : outcomes) {
    const BatchEntry& entry = batch.entries()[place];
    lines.append(outcome, identity_of(entry.position, entry.key));
    if (!is_loaded(outcome.status))
      keep_reject(open, outcome.status, entry.raw, outcome.refusal->message);
    settled.count_outcome(entry.currency, entry.amount, outcome.status);
    settled.lacking_association += lacks_association(outcome) ? 1 : 0;
  }
  open.tally += settled;
  tally_ += settled;
  settled_here_ += settled;
}

asio::awaitable<void> RunLog::close_batch(BatchNumber batch) {
  OpenBatch& open = open_.at(batch);
  if (open.tally.pending() != 0) {
    throw std::logic_error("batch " + std::to_string(batch.value()) + " was closed with " +
                           counted(open.tally.pending(), "record that has", "records that have") +
                           " no outcome");
  }
  const std::uint64_t rejects = bytes_of_rejects();
  co_await log_.commit();
  reject_bytes_durable_ = std::max(reject_bytes_durable_, rejects);
  open.closed = true;
  batch_bytes_open_ -= open.batch_bytes;
  fold_closed_batches();
}

/// The last batch that was opened is never folded: only the start of a following one tells where to
/// read on.
void RunLog::fold_closed_batches() {
  while (open_.size() > 1 && open_.begin()->second.closed) {
    OpenBatch& first = open_.begin()->second;
    write_rejects(first);
    before_open_ += first.tally;
    open_.erase(open_.begin());
    ++folded_since_checkpoint_;
  }
  if (folded_since_checkpoint_ >= options_.batches_per_checkpoint) write_checkpoint();
}

void RunLog::write_checkpoint() {
  folded_since_checkpoint_ = 0;
  CheckpointLine line = open_.begin()->second.start;
  for (const LogFile file : {LogFile::rejects, LogFile::unknown}) {
    line.bytes[static_cast<std::size_t>(file)] = log_.size(file);
  }
  line.tally = before_open_;
  line.last_cut_send = last_cut_send_;
  line.counters = counters_now();
  line.at = time_.wall_now();
  append_line(log_.buffer(LogFile::attempts), line);
}

void RunLog::note_counters() {
  CountersLine line;
  line.counters = counters_now();
  line.at = time_.wall_now();
  append_line(log_.buffer(LogFile::attempts), line);
}

std::uint64_t RunLog::records_open() const {
  const auto closed = [](const auto& open) { return open.second.closed; };
  const auto first = std::find_if_not(open_.begin(), open_.end(), closed);
  if (first == open_.end()) return 0;
  const auto& last = *open_.rbegin();
  return last.second.start.next.value() - first->second.start.next.value() +
         last.second.tally.records;
}

/// Nothing where all batches have their outcomes: what the last one left for the files of rejects
/// is written when a following one is closed.
std::uint64_t RunLog::bytes_open() const {
  const bool all_closed = open_.size() == 1 && open_.begin()->second.closed;
  if (all_closed) return 0;
  return batch_bytes_open_ + reject_bytes_held_ + bytes_of_rejects() - reject_bytes_durable_;
}

std::uint64_t RunLog::bytes_of_rejects() const {
  return log_.size(LogFile::rejects) + log_.size(LogFile::unknown);
}

asio::awaitable<std::vector<RecordNumber>> RunLog::find_creators(std::vector<std::string> ids) {
  return log_.find_creators(std::move(ids));
}

asio::awaitable<void> RunLog::finish() {
  for (auto& [number, open] : open_) write_rejects(open);
  note_counters();
  co_await log_.commit();
}

}  // namespace payferry
