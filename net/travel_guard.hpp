#pragma once

#include <array>
#include <cstddef>

#include "net/time.hpp"

namespace payferry {

/// By how much a window must be kept longer than the server's, because requests do not travel
/// equally fast: a slow early one and a fast late one are nearer together at the server than they
/// were here.
///
/// HubSpot's latency is work at the server, mostly after counting, and says nothing of travel. What
/// is measured instead are round trips without work (TCP handshakes); and a 429 that nothing else
/// explains teaches that it was too little. A decision without I/O: time comes in as an argument.
class TravelGuard {
 public:
  explicit TravelGuard(SteadyDuration window);

  SteadyDuration length(SteadyPoint now) const;
  void travelled(SteadyDuration round_trip);
  void was_too_short(SteadyPoint now);

 private:
  static constexpr std::size_t kRoundTrips = 32;

  SteadyDuration spread() const;

  SteadyDuration least_;
  SteadyDuration measured_;
  SteadyDuration lesson_{};  ///< on top; halved every two minutes
  SteadyPoint lesson_at_{};
  std::array<SteadyDuration, kRoundTrips> round_trips_{};  ///< a ring
  std::size_t seen_ = 0;
};

}  // namespace payferry
