#pragma once

#include <deque>

#include "net/budget.hpp"

namespace payferry {

/// One look at the server's window: a request sent and answered at these times was counted in
/// between, and then `used` requests of all programs were in the window of `rule`.
struct WindowReading {
  SteadyPoint sent;
  SteadyPoint received;
  std::uint32_t used;
  WindowRule rule;
  SteadyDuration travel;  ///< bounds the way to the server
};

/// Finds out how much of the window other programs use: what HubSpot says is gone (contract §4.2),
/// less what was sent from here. A decision without I/O: time comes in as an argument.
///
/// Answers come late and out of order, so a reading is compared with the log of own sends at the
/// time of its own request, never with the present. It is most likely counted on arrival, which
/// gives the likely number of others; but only where no moment up to the answer explains the
/// reading by own sends are there others at all. So a burst of own requests that overtake one
/// another is not taken for somebody else.
class ForeignUse {
 public:
  void observe(const WindowReading& reading, Budget& own);

  /// How many requests of others the window holds at `now`. Since readings are late, the trend goes
  /// on.
  std::uint32_t expected(SteadyPoint now) const;
  /// Others were seen, and nothing since then shows that they are gone.
  bool is_active(SteadyPoint now) const;

 private:
  struct Sample {
    SteadyPoint at;
    std::uint32_t count;
  };

  void add(const Sample& sample, SteadyDuration span);
  std::uint32_t fading(std::uint32_t count, SteadyDuration age) const;
  double trend_per_tick() const;

  std::deque<Sample> samples_;  ///< of about one window, in order
  SteadyPoint last_seen_ = SteadyPoint::min();
  SteadyDuration span_{};
};

}  // namespace payferry
