#pragma once

#include <chrono>
#include <cstdint>

namespace payferry {

/// What a run did, through all of its processes.
struct Counters {
  std::uint64_t requests = 0;    ///< sent to HubSpot, of every kind
  std::uint64_t retries = 0;     ///< batches or parts of batches sent again
  std::uint64_t throttled = 0;   ///< 429 answers
  std::uint64_t reconciled = 0;  ///< records whose fate was looked up
  /// The sum of the times for which its processes worked on it, from when each knew where the run
  /// stands until it left it: waiting for HubSpot is in it, the time between processes is not.
  std::chrono::milliseconds busy{0};

  friend bool operator==(const Counters&, const Counters&) = default;
};

}  // namespace payferry
