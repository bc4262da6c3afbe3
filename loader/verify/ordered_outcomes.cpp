#include "loader/verify/ordered_outcomes.hpp"

#include <algorithm>
#include <utility>

#include "loader/run/disk_failure.hpp"
#include "loader/run/outcome_line.hpp"

namespace payferry {

OrderedOutcomes::OrderedOutcomes(std::filesystem::path path, RecordNumber next, std::uint64_t from)
    : lines_(path, from), path_(std::move(path)), next_(next) {}

std::optional<LoggedOutcome> OrderedOutcomes::take(RecordNumber record) {
  while (next_ < record) {
    if (!ahead_.empty()) ahead_.pop_front();
    next_ = next_.next();
  }
  while ((ahead_.empty() || !ahead_.front().outcome) && read_line()) {
  }
  std::optional<LoggedOutcome> outcome;
  if (!ahead_.empty()) {
    outcome = std::move(ahead_.front().outcome);
    ahead_.pop_front();
  }
  next_ = record.next();
  return outcome;
}

bool OrderedOutcomes::has_more() {
  while (ahead_.empty() && read_line()) {
  }
  return !ahead_.empty();
}

std::uint64_t OrderedOutcomes::resume_offset() const {
  std::uint64_t offset = lines_.next_offset();
  for (const Slot& slot : ahead_) {
    if (slot.outcome) offset = std::min(offset, slot.offset);
  }
  return offset;
}

/// False at the end of the log.
bool OrderedOutcomes::read_line() {
  const auto text = at_end_ ? std::nullopt : lines_.next();
  at_end_ = !text;
  if (at_end_) return false;
  auto line = parse_outcome_line(*text);
  if (!line) {
    throw DiskFailure(path_.string() + " is damaged at byte " +
                      std::to_string(lines_.line_offset()) +
                      ": that line was not written by payferry. Restore the file from a copy");
  }
  Outcome& outcome = line->outcome;
  if (outcome.record < next_) return true;
  const std::uint64_t place = outcome.record.value() - next_.value();
  if (place >= kMostAhead) {
    throw DiskFailure(path_.string() + " has no line of record " + std::to_string(next_.value()) +
                      ", although it has one of record " + std::to_string(outcome.record.value()) +
                      ". Restore the file from a copy");
  }
  if (ahead_.size() <= place) ahead_.resize(place + 1);
  Slot& slot = ahead_[place];
  slot.offset = lines_.line_offset();
  slot.outcome.emplace();
  slot.outcome->status = outcome.status;
  slot.outcome->id = std::move(outcome.id);
  return true;
}

}  // namespace payferry
