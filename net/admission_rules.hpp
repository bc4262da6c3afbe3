#pragma once

#include <array>
#include <memory>
#include <optional>

#include "config/settings.hpp"
#include "model/answer.hpp"
#include "net/admission.hpp"
#include "net/circuit_breaker.hpp"
#include "net/concurrency_limit.hpp"
#include "net/daily_budget.hpp"
#include "net/governor.hpp"

namespace payferry {

/// The kinds of requests that count against the same limit.
enum class Lane { objects, search, associations };
constexpr std::size_t kLanes = 3;

Lane lane_of(RequestKind kind);

/// What one request may use, and what is known of it.
struct Grant {
  Lane lane = Lane::objects;
  bool is_probe = false;         ///< of the circuit breaker
  std::uint64_t day_number = 0;  ///< of the daily budget
  std::optional<SteadyPoint> sent_at;
};

/// All rules that a request must pass before it may be sent, asked in one place: the day, the
/// circuit, the concurrency, the window. A decision without I/O: time comes in as an argument.
class AdmissionRules {
 public:
  AdmissionRules(const LimitSettings& limits, std::unique_ptr<Budget> budget,
                 bool waits_for_midnight);

  struct Decision {
    std::optional<Grant> grant;
    SteadyPoint again_at =
        SteadyPoint::max();  ///< without a grant: when to ask again, unless something ends before
  };
  Decision ask(Lane lane, SteadyPoint now, Instant wall_now);

  /// `held_up`: by how much later the server may count it.
  void sent(Grant& grant, SteadyPoint now, SteadyDuration held_up = {});
  /// Exactly one of these two ends a grant.
  void ended(const Grant& grant, const Answer& answer, Feedback feedback, SteadyPoint now);
  void give_back(const Grant& grant, SteadyPoint now);

  void pause_until(SteadyPoint until);
  void set_midnights(NextMidnight next);

  bool is_day_used() const { return next_day_.has_value() || day_.is_used(); }
  /// The day is used, and nobody wants to wait for the next one.
  bool must_close() const { return !waits_for_midnight_ && is_day_used(); }
  Admission::Snapshot snapshot(SteadyPoint now);

 private:
  void travelled(SteadyDuration round_trip);
  struct Limited {
    Limited(const Quota& quota, std::unique_ptr<Budget> the_budget)
        : budget(std::move(the_budget)), governor(quota, *budget) {}
    std::unique_ptr<Budget> budget;
    Governor governor;
  };

  Governor& governor(Lane lane) { return lanes_[static_cast<std::size_t>(lane)].governor; }
  Leave ask_day(SteadyPoint now, Instant wall_now);
  Leave wait_for_next_day(SteadyPoint now, Instant wall_now);
  Leave ask_concurrency(Lane lane, SteadyPoint now);
  Leave ask_window(Lane lane, SteadyPoint now);
  Instant end_of_day(Instant wall_now) const;
  WindowRule whole_quota(SteadyPoint now);
  void release(const Grant& grant, SteadyPoint now, bool was_served);
  void throttled(const Grant& grant, const Answer& answer, Feedback feedback, SteadyPoint now);

  bool waits_for_midnight_;
  NextMidnight next_midnight_ = possible_midnights();
  bool knows_midnights_ = false;  ///< the account's
  DailyBudget day_;
  std::optional<Instant> next_day_;     ///< while the day is used
  std::optional<Instant> day_started_;  ///< after such a wait
  CircuitBreaker breaker_;
  ConcurrencyLimit concurrency_;
  std::array<Limited, kLanes> lanes_;
  std::uint32_t in_flight_ = 0;
  std::uint64_t requests_ = 0;
  std::uint64_t throttled_ = 0;
};

}  // namespace payferry
