#pragma once

#include <cstdint>
#include <deque>
#include <filesystem>
#include <optional>
#include <string>

#include "loader/run/line_reader.hpp"
#include "model/ids.hpp"
#include "model/outcome.hpp"

namespace payferry {

/// What the results log says of a record, as far as verifying needs it.
struct LoggedOutcome {
  OutcomeStatus status = OutcomeStatus::unknown;
  std::string id;
};

/// The results log in the order of the records, in one pass and bounded memory: its lines stand in
/// the order of completion, but a load lets no record get further than some 200,000 ahead of the
/// first one without an outcome (PipelineLimits::most_records_open), so that few lines wait for an
/// earlier record's.
class OrderedOutcomes {
 public:
  /// A log in which more records than this stand before an earlier one was not written so.
  static constexpr std::uint64_t kMostAhead = 1'000'000;

  /// Gives outcomes from record `next` on; no line of these stands before byte `from`.
  OrderedOutcomes(std::filesystem::path path, RecordNumber next, std::uint64_t from);

  /// To be called for each record in turn; nothing where the log has no line of it. Throws
  /// DiskFailure for damage, with its place.
  std::optional<LoggedOutcome> take(RecordNumber record);
  /// Whether the log has a line of a record behind the one taken last.
  bool has_more();
  /// No line of a record behind the one taken last stands before this byte.
  std::uint64_t resume_offset() const;

 private:
  struct Slot {
    std::uint64_t offset = 0;
    std::optional<LoggedOutcome> outcome;
  };

  bool read_line();

  LineReader lines_;
  std::filesystem::path path_;
  RecordNumber next_;
  std::deque<Slot> ahead_;  ///< of next_ and the records behind it
  bool at_end_ = false;
};

}  // namespace payferry
