#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "loader/run/line_reader.hpp"
#include "loader/undo/undo_journal.hpp"

namespace payferry {

/// A stretch of the results log: what the run created there and is still to be archived.
struct UndoBatch {
  std::uint64_t number = 0;  ///< 1, 2, 3, … within the process
  std::vector<CreatedRecord> records;
  std::uint64_t outcomes_bytes = 0;  ///< where the next stretch starts
};

/// What the results log says that the run created, in the log's order, in one pass and bounded
/// memory. Nothing else is ever archived.
class CreatedRecords {
 public:
  /// Goes on where `state` says; what that says to be dealt with is left out.
  CreatedRecords(std::filesystem::path outcomes, UndoState state);

  /// Nothing at the end of the log. A batch may be without records. Throws DiskFailure for damage,
  /// with its place.
  std::optional<UndoBatch> next_batch();

 private:
  std::filesystem::path path_;
  LineReader lines_;
  UndoState state_;
  std::uint64_t last_number_ = 0;
};

/// What a results log says of a run, as undo needs it.
struct CreatedCount {
  std::uint64_t created = 0;
  std::uint64_t without_id = 0;  ///< of these, HubSpot's answer did not tell the id
  std::uint64_t unknown = 0;     ///< sent, and it cannot be told whether HubSpot has them
  std::uint64_t bytes = 0;       ///< of the log's whole lines
};

/// One pass over the results log. Throws DiskFailure.
CreatedCount count_created(const std::filesystem::path& outcomes);

}  // namespace payferry
