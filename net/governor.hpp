#pragma once

#include <array>
#include <optional>

#include "model/answer.hpp"
#include "net/budget.hpp"
#include "net/foreign_use.hpp"
#include "net/pacer.hpp"
#include "net/travel_guard.hpp"

namespace payferry {

/// One of HubSpot's rate limits, as it is configured.
struct Quota {
  std::optional<std::uint32_t> requests;  ///< in each window; nothing: what HubSpot's headers say
  SteadyDuration window{};
};

/// Keeps sends within one rolling window as the server counts it, and uses all of it (contract §4).
/// A decision without I/O: time comes in as an argument.
class Governor {
 public:
  /// `budget` must outlive this.
  Governor(const Quota& quota, Budget& budget);

  /// What reserve() would say, with nothing taken.
  Leave look(SteadyPoint now);
  Leave reserve(SteadyPoint now);
  void sent(SteadyPoint now);
  void give_back(SteadyPoint now);
  void sent_again(SteadyPoint now);

  /// What an answer's headers say of the window, for a request that was sent and answered at these
  /// times.
  void answered(const RateHeaders& headers, SteadyPoint sent, SteadyPoint received);
  /// A 429 for the window. Several of one burst count once.
  void throttled(SteadyPoint sent, SteadyPoint received, std::optional<SteadyDuration> retry_after);
  void pause_until(SteadyPoint until);

  /// Time for one way to the server and back without any work there, such as a TCP handshake.
  void travelled(SteadyDuration round_trip);

  /// What may be sent from here in which time, as things stand.
  WindowRule rule(SteadyPoint now) const;
  std::uint32_t used(SteadyPoint now);

 private:
  using Rules = std::array<WindowRule, 2>;

  WindowRule server_limit() const;
  Rules rules(SteadyPoint now) const;
  std::uint32_t left_by_others(SteadyPoint now) const;
  SteadyPoint not_before(SteadyPoint now, const Rules& rules) const;
  void observe(std::uint32_t used, SteadyPoint sent, SteadyPoint received, bool refused = false);

  Quota quota_;
  Budget& budget_;
  Pacer pacer_;
  ForeignUse others_;
  TravelGuard guard_;
  std::optional<WindowRule> header_rule_;
  SteadyPoint paused_until_ = SteadyPoint::min();
  SteadyPoint reacted_at_ = SteadyPoint::min();
  std::uint32_t reactions_in_a_row_ = 0;
};

}  // namespace payferry
