#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>

#include "loader/run/attempt_line.hpp"
#include "loader/run/run_files.hpp"

namespace payferry {

/// A record behind the checkpoint whose outcome is in the results log.
struct SettledRecord {
  OutcomeStatus status = OutcomeStatus::unknown;
  std::string message;                       ///< of those that go into a file of rejects
  std::optional<RecordNumber> first_record;  ///< of a duplicate in the source
  bool lacks_association = false;
};

/// Where a run stands, folded from its files. Memory is bounded by what was settled since the last
/// checkpoint.
struct ResumeState {
  CheckpointLine start;  ///< read the source from here
  Counters counters;     ///< of all processes, as far as they are known
  BatchNumber last_batch;
  std::unordered_map<RecordNumber, SettledRecord> settled;
  std::unordered_map<RecordNumber, RecordInDoubt> in_doubt;
  /// When a request was last sent of which no answer came, though its records are in doubt no more:
  /// it may still be at work at HubSpot.
  std::optional<Instant> last_cut_send;

  bool is_fresh() const {
    return start.next == RecordNumber(1) && settled.empty() && in_doubt.empty();
  }
  /// The last record behind the checkpoint of which anything is known; RecordNumber() for none.
  RecordNumber last_known() const;
  /// The same, or when what is in doubt was last sent.
  std::optional<Instant> last_open_send() const;
};

/// Reads where the run stands and repairs what a crash left: a torn last line is cut off, and the
/// files of rejects are cut back to the checkpoint, since the records behind it are counted and
/// written again as they are read again. Throws DiskFailure, also for damage that is not a torn
/// tail (with its place).
ResumeState recover(RunFiles& files);

}  // namespace payferry
