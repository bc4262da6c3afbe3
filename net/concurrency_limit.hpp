#pragma once

#include <cstdint>
#include <optional>

#include "config/settings.hpp"
#include "net/budget.hpp"

namespace payferry {

/// How many requests may be in flight. A decision without I/O: time comes in as an argument.
///
/// By Little's law the quota needs rate * latency requests in flight, and headroom since latency
/// varies. That is the ceiling; whether it is worth going there is measured: the limit doubles,
/// later grows by a quarter, while requests wait for it and the step before raised the throughput.
/// A step that did not is taken back. So with a quota it settles a little above what the quota
/// needs, and without one where the machine or the server is the limit.
class ConcurrencyLimit {
 public:
  static constexpr std::uint32_t kMost = kMostConnections;

  /// `fixed`: 1 to kMost; nothing: found while running.
  explicit ConcurrencyLimit(std::optional<std::uint32_t> fixed) : fixed_(fixed) {}

  std::uint32_t at(SteadyPoint now) const;
  /// When at() grows by time alone; SteadyPoint::max(): not before something happens.
  SteadyPoint grows_at(SteadyPoint now) const;

  void sent(SteadyPoint now, const WindowRule& quota);
  /// A request had to wait for a place, and nothing else stood in its way.
  void was_short();
  /// A request had to wait for the quota, a pause or the circuit.
  void was_held_elsewhere();
  void answered(SteadyPoint sent, SteadyPoint now);
  /// 423, 5xx, or no answer. One among many is an accident; many of a stretch are overload.
  void overloaded(SteadyPoint sent, SteadyPoint now);

 private:
  /// A stretch of time over which throughput is measured.
  struct Epoch {
    SteadyPoint start{};
    std::uint32_t answers = 0;
    SteadyDuration latencies{};
    bool was_short = false;
    bool was_held_elsewhere = false;
  };
  /// The limit was changed, and it is to be seen whether that was good.
  struct Trial {
    double limit_before;
    double throughput_before;  ///< answers in a second
    SteadyDuration latency_before;
  };

  bool has_answers() const { return latency_ > SteadyDuration(); }
  double at_start(SteadyPoint now) const;
  double needed(SteadyDuration latency) const;
  void note(bool is_overload);
  int overloads() const;
  bool is_recovering() const;
  void recover();
  bool is_over(SteadyPoint now) const;
  void end_epoch(SteadyPoint now);
  void judge(const Trial& trial, double throughput, SteadyDuration latency);
  void take_back(const Trial& trial);
  void step(double throughput, SteadyDuration latency);

  std::optional<std::uint32_t> fixed_;
  WindowRule quota_{};
  std::optional<SteadyPoint> first_sent_;
  SteadyDuration latency_{};        ///< moving average
  SteadyDuration least_latency_{};  ///< of an epoch's mean; forgotten slowly
  double limit_ = 0;
  bool is_slow_start_ = true;
  Epoch epoch_;
  std::optional<Trial> trial_;
  std::uint32_t epochs_to_hold_ = 0;
  std::uint32_t next_hold_ = 4;
  std::uint32_t recent_overloads_ = 0;  ///< one bit for each of the latest ends
  double limit_before_overload_ = 0;
  SteadyPoint reduced_at_ = SteadyPoint::min();
};

}  // namespace payferry
