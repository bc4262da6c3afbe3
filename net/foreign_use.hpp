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
  bool refused = false;   ///< for the window, which was kept to: somebody else filled it
};

/// Finds out how much of the window other programs use: what HubSpot says is gone (contract §4.2),
/// less what was sent from here. A decision without I/O: time comes in as an argument.
///
/// Answers come late and out of order, so a reading is compared with the log of own sends at the
/// time of its own request, never with the present. It is most likely counted on arrival, which
/// gives the likely number of others; but as long as earlier readings have not shown that the
/// server counts so, there are others only where no moment up to the answer explains the reading by
/// own sends. So a burst of own requests that overtake one another is not taken for somebody else.
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
    std::uint32_t count = 0;
  };

  /// Own requests in the window of a reading: counted on arrival, and at any time up to the answer.
  struct OwnUse {
    std::uint32_t likely;
    std::uint32_t most;
  };

  bool is_foreign(std::uint32_t used, const OwnUse& own);
  std::uint32_t refused_before(const WindowReading& reading);
  void add(const Sample& sample, SteadyDuration span);
  std::uint32_t fading(std::uint32_t count, SteadyDuration age) const;
  double trend_per_tick() const;

  std::deque<Sample> samples_;  ///< of about one window, in order
  SteadyPoint last_seen_ = SteadyPoint::min();
  SteadyDuration span_{};
  std::uint32_t counted_on_arrival_ = 0;  ///< readings in a row that show it
  std::deque<SteadyPoint> refused_;
};

}  // namespace payferry
