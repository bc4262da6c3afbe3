#pragma once

#include <chrono>
#include <cstdint>

#include "net/budget.hpp"

namespace payferry {

/// Stops sending to a server that fails all the time, and asks it now and then, with one request,
/// whether it is back. A decision without I/O: time comes in as an argument.
class CircuitBreaker {
 public:
  struct Settings {
    std::uint32_t failures = 5;                            ///< in a row; then it opens
    SteadyDuration first_pause = std::chrono::seconds(1);  ///< doubles with each failed probe
    SteadyDuration longest_pause = std::chrono::seconds(60);
  };

  CircuitBreaker() = default;
  explicit CircuitBreaker(const Settings& settings) : settings_(settings) {}

  /// Whether a request may go. While a probe is under way, only its end changes the answer.
  Leave look(SteadyPoint now) const;
  /// A request that look() let through goes. True: it is the probe, and must be ended by one of the
  /// three below.
  bool let_through(SteadyPoint now);

  void succeeded(bool is_probe);
  /// A failure of a request from before the circuit opened says nothing new.
  void failed(SteadyPoint now, bool is_probe);
  /// The probe was never sent; another one takes its place.
  void probe_given_back();

  bool is_open() const { return state_ != State::closed; }

 private:
  enum class State { closed, open, probing };

  void open(SteadyPoint now);

  Settings settings_;
  State state_ = State::closed;
  std::uint32_t failures_ = 0;
  SteadyDuration pause_{};
  SteadyPoint open_until_{};
};

}  // namespace payferry
