#pragma once

#include <cstdint>
#include <optional>

#include "model/instant.hpp"

namespace payferry {

/// A moment that is known to lie between these two, both included.
struct MomentSpan {
  Instant earliest{};
  Instant latest{};
  friend bool operator==(const MomentSpan&, const MomentSpan&) = default;
};

/// When a record was sent: what tells whether a record that HubSpot holds came of it.
struct SendTime {
  SendTime() = default;
  // NOLINTNEXTLINE(google-explicit-constructor): the usual one is a moment and no more.
  SendTime(Instant by_our_clock) : at(by_our_clock) {}

  Instant at{};  ///< by our clock; of this process, by one that nobody sets (Time::continuous_now)
  /// An earlier process of the run sent it, and the clock may have been set since: only what that
  /// process knew then of HubSpot's clock can be relied upon.
  bool by_earlier_process = false;
  std::optional<MomentSpan> by_hubspots_clock;
  friend bool operator==(const SendTime&, const SendTime&) = default;
};

/// The first and the last time that a record was sent in a way that may have made it.
struct SendTimes {
  SendTimes() = default;
  // NOLINTNEXTLINE(google-explicit-constructor): it was sent once.
  SendTimes(SendTime once) : first(once), last(once) {}

  SendTime first;
  SendTime last;
  friend bool operator==(const SendTimes&, const SendTimes&) = default;
};

/// A record that an earlier process sent and that has no outcome: HubSpot may have it.
struct RecordInDoubt {
  SendTimes sent;
  std::uint32_t attempts = 0;
};

}  // namespace payferry
