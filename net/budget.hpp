#pragma once

#include <cstdint>
#include <span>

#include "net/time.hpp"

namespace payferry {

/// At most `requests` sends in any `span`.
struct WindowRule {
  std::uint32_t requests;
  SteadyDuration span;
};

/// Leave to send, or the moment from which it is worth asking again.
struct Leave {
  bool granted = false;
  SteadyPoint again_at{};  ///< SteadyPoint::max(): only something given back can make room

  static constexpr Leave now() { return {true, SteadyPoint()}; }
  static constexpr Leave at(SteadyPoint when) { return {false, when}; }
};

/// The sends of the recent past, and the places promised but not sent yet: what a rolling window is
/// counted over. In one process a RequestWindow; SharedBudget lets processes with the same token
/// count together. Thread: the network's.
class Budget {
 public:
  virtual ~Budget() = default;

  /// What reserve() would say, with nothing taken.
  virtual Leave look(SteadyPoint now, std::span<const WindowRule> rules) = 0;
  /// Promises one place if every rule has room for it beside all that was sent and promised.
  virtual Leave reserve(SteadyPoint now, std::span<const WindowRule> rules) = 0;
  /// A promised place was sent, at `now`.
  virtual void sent(SteadyPoint now) = 0;
  /// A promised place will not be sent.
  virtual void give_back() = 0;
  /// Something was sent without a promise (a request that went out a second time).
  virtual void sent_again(SteadyPoint now) = 0;
  /// Sends after `from`, up to and with `to`. Known for twice the longest span that was asked for.
  virtual std::uint32_t sends_between(SteadyPoint from, SteadyPoint to) = 0;
};

}  // namespace payferry
