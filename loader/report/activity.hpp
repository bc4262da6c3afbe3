#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "model/instant.hpp"
#include "model/outcome.hpp"

namespace payferry {

inline constexpr std::size_t kOutcomeStatuses = 6;

/// What happened in a stretch of time.
struct ActivityBin {
  std::array<std::uint64_t, kOutcomeStatuses> outcomes{};  ///< by OutcomeStatus
  std::uint64_t requests = 0;                              ///< batches sent
  std::uint64_t throttled = 0;                             ///< 429 answers
  std::uint64_t faults = 0;                                ///< no answer, or a server's error

  std::uint64_t& of(OutcomeStatus status) { return outcomes[static_cast<std::size_t>(status)]; }
  std::uint64_t settled() const;
  ActivityBin& operator+=(const ActivityBin& other);
};

/// What happened when, in bounded memory: the longer a run is, the wider its bins are.
class Activity {
 public:
  explicit Activity(std::size_t most_bins) : most_bins_(most_bins) {}

  /// The bin of a moment, in any order. Holds until the next call.
  ActivityBin& at(Instant moment);
  std::chrono::milliseconds width() const { return width_; }
  std::int64_t index_of(Instant moment) const;
  Instant start_of(std::int64_t index) const { return Instant(index * width_); }
  /// Those in which something happened, by index.
  const std::map<std::int64_t, ActivityBin>& bins() const { return bins_; }
  /// Twice the width.
  void widen();

 private:
  std::size_t most_bins_;
  std::chrono::milliseconds width_{125};
  std::map<std::int64_t, ActivityBin> bins_;
};

/// Bins that follow each other without a gap.
struct Stretch {
  Instant begin{};
  std::vector<ActivityBin> bins;
};

/// A run's activity as it is drawn: what lies between a process's end and the next one's start is
/// left out.
struct Timeline {
  std::chrono::milliseconds width{};
  std::vector<Stretch> stretches;

  std::size_t bins() const;
};

/// At most about `most_bins` bins. `starts`: when each process began to work on the run.
Timeline lay_out(Activity activity, std::span<const Instant> starts, std::size_t most_bins);

}  // namespace payferry
