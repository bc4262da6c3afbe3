#include "bench/load/hubspot_pace.hpp"

namespace payferry::bench {

std::chrono::duration<double> HubSpotPace::shortest(std::uint64_t requests) const {
  if (requests == 0) return {};
  const std::uint64_t windows_passed = (requests - 1) / requests_per_window;
  return static_cast<double>(windows_passed) * window + latency;
}

}  // namespace payferry::bench
