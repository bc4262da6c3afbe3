#pragma once

#include <chrono>
#include <cstdint>

namespace payferry::bench {

/// How fast HubSpot lets anyone be.
struct HubSpotPace {
  std::uint64_t requests_per_window = 1;
  std::chrono::duration<double> window{};
  std::chrono::duration<double> latency{};

  /// The least that so many requests take: as many as a window allows go at once, at the beginning
  /// of each window, and the last one is answered `latency` later.
  std::chrono::duration<double> shortest(std::uint64_t requests) const;
};

}  // namespace payferry::bench
