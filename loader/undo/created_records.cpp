#include "loader/undo/created_records.hpp"

#include <utility>

#include "loader/run/disk_failure.hpp"
#include "loader/run/outcome_line.hpp"
#include "model/batch.hpp"

namespace payferry {

namespace {

/// A stretch is closed at so many lines, created or not: so long the network is kept waiting.
constexpr std::size_t kMostLines = 5'000;

OutcomeLine parse_line(std::string_view text, const LineReader& lines,
                       const std::filesystem::path& path) {
  auto line = parse_outcome_line(text);
  if (line) return *std::move(line);
  throw DiskFailure(path.string() + " is damaged at byte " + std::to_string(lines.line_offset()) +
                    ": that line was not written by payferry. Restore the file from a copy");
}

CreatedRecord to_created(OutcomeLine line, std::uint64_t offset) {
  CreatedRecord record;
  record.record = line.outcome.record;
  record.line = line.line;
  record.file = std::move(line.file);
  record.key = std::move(line.key);
  record.id = std::move(line.outcome.id);
  record.outcome_at = offset;
  return record;
}

}  // namespace

CreatedRecords::CreatedRecords(std::filesystem::path outcomes, UndoState state)
    : path_(std::move(outcomes)), lines_(path_, state.outcomes_bytes), state_(std::move(state)) {}

std::optional<UndoBatch> CreatedRecords::next_batch() {
  UndoBatch batch;
  std::size_t read = 0;
  while (batch.records.size() < kMaxBatchRecords && read < kMostLines) {
    const auto text = lines_.next();
    if (!text) break;
    ++read;
    OutcomeLine line = parse_line(*text, lines_, path_);
    if (line.outcome.status != OutcomeStatus::created) continue;
    if (state_.done.contains(lines_.line_offset())) continue;
    batch.records.push_back(to_created(std::move(line), lines_.line_offset()));
  }
  if (read == 0) return std::nullopt;
  batch.number = ++last_number_;
  batch.outcomes_bytes = lines_.next_offset();
  return batch;
}

CreatedCount count_created(const std::filesystem::path& outcomes) {
  CreatedCount count;
  LineReader lines(outcomes);
  while (const auto text = lines.next()) {
    const OutcomeLine line = parse_line(*text, lines, outcomes);
    if (line.outcome.status == OutcomeStatus::unknown) ++count.unknown;
    if (line.outcome.status != OutcomeStatus::created) continue;
    ++count.created;
    if (line.outcome.id.empty()) ++count.without_id;
  }
  count.bytes = lines.next_offset();
  return count;
}

}  // namespace payferry
