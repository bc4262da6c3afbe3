#pragma once

#include <optional>

#include "net/budget.hpp"

namespace payferry {

/// Spreads sends over the window, so that the burst of the start does not come back once a window.
/// The first window may go out at once; later at most a twentieth of it does, and the rest follows
/// at 21/20 of the rate that the rule allows: a little faster than what the rolling window frees,
/// so that pacing itself never costs throughput.
class Pacer {
 public:
  /// When the next send may go, as far as the pace is concerned.
  SteadyPoint next_at(SteadyPoint now, const WindowRule& rule) const;
  void take(SteadyPoint now, const WindowRule& rule);
  void give_back(const WindowRule& rule);
  /// After a pause: no burst, also not the one of the start.
  void start_gently(SteadyPoint from);

 private:
  SteadyPoint turn(SteadyPoint now, const WindowRule& rule) const;

  std::optional<SteadyPoint> first_;
  std::optional<SteadyPoint> next_;
};

}  // namespace payferry
