#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>

#include "model/instant.hpp"

namespace payferry {

/// The clock by which everything waits and measures.
using SteadyPoint = std::chrono::steady_clock::time_point;
using SteadyDuration = std::chrono::steady_clock::duration;

/// The time seam: the only way for coroutines to know the time and to wait. Tests pass a virtual
/// one. Thread: the network's.
class Time {
 public:
  virtual ~Time() = default;
  virtual SteadyPoint now() const = 0;
  virtual Instant wall_now() const = 0;
  /// What the wall clock would show had nobody set it since this was made: moments that are
  /// compared with each other.
  virtual Instant continuous_now() const = 0;
  /// Cancelling throws operation_aborted and leaves nothing behind.
  virtual boost::asio::awaitable<void> sleep_until(SteadyPoint when) = 0;
  /// Sleeps until `when`, SteadyPoint::max() for ever, or until somebody calls `alarm.cancel()`.
  /// The alarm is the sleeper's own; cancelled before it sleeps, it stays unheard.
  virtual boost::asio::awaitable<void> sleep_until(SteadyPoint when,
                                                   boost::asio::steady_timer& alarm) = 0;

  boost::asio::awaitable<void> sleep_for(SteadyDuration duration) {
    return sleep_until(now() + duration);
  }
};

}  // namespace payferry
