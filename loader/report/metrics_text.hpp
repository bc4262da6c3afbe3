#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "loader/run/counters.hpp"
#include "loader/run/tally.hpp"
#include "model/instant.hpp"

namespace payferry {

/// Durations as Prometheus counts them, in cumulative buckets.
class DurationHistogram {
 public:
  static constexpr std::array<double, 12> kBounds{0.025, 0.05, 0.1, 0.25, 0.5, 1,
                                                  2.5,   5,    10,  30,   60,  120};

  void add(std::chrono::milliseconds duration);
  /// Observations up to the bound; past the last bound, all of them.
  std::uint64_t up_to(std::size_t bound) const;
  std::uint64_t count() const { return count_; }
  std::chrono::milliseconds sum() const { return sum_; }

 private:
  std::array<std::uint64_t, kBounds.size() + 1> counts_{};
  std::uint64_t count_ = 0;
  std::chrono::milliseconds sum_{0};
};

/// What is measured of a run. No payment data: neither keys nor amounts.
struct RunMetrics {
  std::string import;  ///< label of every series: what tells this import from others, run by run
  std::string version;
  Tally tally;
  Counters counters;
  DurationHistogram durations;  ///< of this process's requests that were answered
  std::uint64_t unanswered = 0;
  std::uint32_t in_flight = 0;
  std::uint32_t most_in_flight = 0;
  std::uint32_t window_used = 0;
  std::uint32_t window_allowed = 0;
  std::optional<std::uint64_t> daily_remaining;
  bool hubspot_available = true;
  std::uint64_t input_bytes_read = 0;
  std::optional<std::uint64_t> input_bytes;
  std::uint64_t resident_bytes = 0;
  Instant started{};
  Instant updated{};
  std::optional<int> exit_code;  ///< once the process is leaving
  bool complete = false;
};

/// In the text format of Prometheus (version 0.0.4): HELP and TYPE for each metric, units in names.
std::string metrics_text(const RunMetrics& metrics);

}  // namespace payferry
