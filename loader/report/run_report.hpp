#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "loader/report/activity.hpp"
#include "loader/report/causes.hpp"
#include "loader/report/latency_histogram.hpp"
#include "loader/report/remedy.hpp"
#include "loader/report/summary.hpp"
#include "loader/run/manifest.hpp"

namespace payferry {

/// The rolling window that the run was told to keep.
struct QuotaFacts {
  std::uint32_t requests = 0;
  std::chrono::milliseconds window{};
};

/// All that a report tells of a run: folded from its files in one pass each, in bounded memory.
struct RunReport {
  static constexpr std::size_t kMostBins = 300;

  MendingPlace place;
  Manifest manifest;
  /// As summary.json says; of a run that no process has left in order, as far as its logs tell.
  Summary summary;
  /// No summary stands, or an older one: a process is at work, or was ended by force.
  bool unfinished = false;
  /// `payferry undo` has begun to archive what the run created.
  bool is_undone = false;
  /// Lines of the logs that payferry cannot have written.
  std::uint64_t unreadable_lines = 0;

  std::optional<Instant> first_moment;
  std::optional<Instant> last_moment;
  Timeline timeline;
  LatencyHistogram latency;                       ///< of batches, from their intent to the answer
  std::map<int, std::uint64_t> answers;           ///< to batches, by HTTP status
  std::map<std::string, std::uint64_t> failures;  ///< batches without an answer, by what broke
  std::optional<QuotaFacts> quota;                ///< nothing where it is left to HubSpot
  std::vector<Cause> causes;
  std::uint64_t records_of_other_causes = 0;
};

/// Reads the run without touching it; also while another process is at work on it. The error is
/// one sentence. Throws DiskFailure.
tl::expected<RunReport, std::string> read_report(const std::filesystem::path& run_directory);

}  // namespace payferry
