#include "net/admission_rules.hpp"

#include <algorithm>
#include <utility>

#include "net/request_window.hpp"

namespace payferry {

namespace {

using namespace std::chrono_literals;

// Contract §4.4.
const Quota kSearchQuota{5, 1s};
const Quota kAssociationQuota{100, 10s};
constexpr auto kSecondlyPause = 1s;

// A handshake that took longer waited for the network rather than for the server.
constexpr auto kLongestHoldUp = 250ms;

// HubSpot's midnight need not be ours to the second: looked at again soon after, and then every
// minute.
constexpr auto kAfterMidnight = 2s;
constexpr auto kMidnightIsUncertainFor = 30min;
constexpr auto kAskAgain = 1min;
// The machine may sleep, and then the steady clock stands still.
constexpr auto kLongestWait = 10min;

std::unique_ptr<Budget> or_own(std::unique_ptr<Budget> budget) {
  return budget ? std::move(budget) : std::make_unique<RequestWindow>();
}

}  // namespace

Lane lane_of(RequestKind kind) {
  if (kind == RequestKind::search) return Lane::search;
  return kind == RequestKind::association ? Lane::associations : Lane::objects;
}

AdmissionRules::AdmissionRules(const LimitSettings& limits, std::unique_ptr<Budget> budget,
                               bool waits_for_midnight)
    : waits_for_midnight_(waits_for_midnight),
      day_(limits.daily_reserve_percent),
      concurrency_(limits.connections),
      lanes_{Limited({limits.requests, limits.window}, or_own(std::move(budget))),
             Limited(kSearchQuota, or_own(nullptr)), Limited(kAssociationQuota, or_own(nullptr))} {}

AdmissionRules::Decision AdmissionRules::ask(Lane lane, SteadyPoint now, Instant wall_now) {
  if (const auto leave = ask_day(now, wall_now); !leave.granted)
    return Decision{std::nullopt, leave.again_at};
  const auto circuit = breaker_.look(now);
  if (!circuit.granted) {
    concurrency_.was_held_elsewhere();
    return Decision{std::nullopt, circuit.again_at};
  }
  if (const auto leave = ask_concurrency(lane, now); !leave.granted)
    return Decision{std::nullopt, leave.again_at};
  if (const auto leave = ask_window(lane, now); !leave.granted)
    return Decision{std::nullopt, leave.again_at};
  ++in_flight_;
  return Decision{Grant{lane, breaker_.let_through(now), day_.take(), std::nullopt}};
}

Leave AdmissionRules::ask_day(SteadyPoint now, Instant wall_now) {
  if (!next_day_ && day_.is_used()) next_day_ = end_of_day(wall_now);
  if (next_day_) {
    if (const auto leave = wait_for_next_day(now, wall_now); !leave.granted) return leave;
  }
  return day_.is_asking() ? Leave::at(SteadyPoint::max()) : Leave::now();
}

Leave AdmissionRules::wait_for_next_day(SteadyPoint now, Instant wall_now) {
  if (!waits_for_midnight_) return Leave::at(SteadyPoint::max());
  if (wall_now < *next_day_)
    return Leave::at(now + std::min<SteadyDuration>(*next_day_ - wall_now, kLongestWait));
  day_.start_day();
  next_day_.reset();
  day_started_ = wall_now;
  return Leave::now();
}

Instant AdmissionRules::end_of_day(Instant wall_now) const {
  const bool has_just_begun =
      knows_midnights_ && day_started_ && wall_now < *day_started_ + kMidnightIsUncertainFor;
  return has_just_begun ? wall_now + kAskAgain : next_midnight_(wall_now) + kAfterMidnight;
}

Leave AdmissionRules::ask_concurrency(Lane lane, SteadyPoint now) {
  if (in_flight_ < concurrency_.at(now)) return Leave::now();
  if (governor(lane).look(now).granted) concurrency_.was_short();
  return Leave::at(concurrency_.grows_at(now));
}

Leave AdmissionRules::ask_window(Lane lane, SteadyPoint now) {
  const auto leave = governor(lane).reserve(now);
  if (!leave.granted && lane == Lane::objects) concurrency_.was_held_elsewhere();
  return leave;
}

void AdmissionRules::sent(Grant& grant, SteadyPoint now, SteadyDuration held_up) {
  const auto counted_at = now + std::min<SteadyDuration>(held_up, kLongestHoldUp);
  ++requests_;
  concurrency_.sent(now, whole_quota(now));
  // A connection that died idle: the transport sends the request once more, and HubSpot may count
  // both.
  if (grant.sent_at) return governor(grant.lane).sent_again(counted_at);
  grant.sent_at = now;
  governor(grant.lane).sent(counted_at);
}

// Associations are not counted in the window of the others, but need connections too.
WindowRule AdmissionRules::whole_quota(SteadyPoint now) {
  auto quota = governor(Lane::objects).rule(now);
  quota.requests += governor(Lane::associations).used(now);
  return quota;
}

void AdmissionRules::release(const Grant& grant, SteadyPoint now, bool was_served) {
  --in_flight_;
  day_.ended(grant.day_number, was_served);
  if (grant.sent_at) return;
  governor(grant.lane).give_back(now);
  day_.give_back(grant.day_number);
}

void AdmissionRules::give_back(const Grant& grant, SteadyPoint now) {
  release(grant, now, false);
  if (grant.is_probe) breaker_.probe_given_back();
}

void AdmissionRules::ended(const Grant& grant, const Answer& answer, Feedback feedback,
                           SteadyPoint now) {
  release(grant, now, feedback == Feedback::answered);
  const auto sent_at = grant.sent_at.value_or(now);
  day_.observe(answer.rate, grant.day_number);
  if (answer.travelled) travelled(*answer.travelled);
  switch (feedback) {
    case Feedback::answered:
      breaker_.succeeded(grant.is_probe);
      concurrency_.answered(sent_at, now);
      if (grant.lane == Lane::objects) governor(grant.lane).answered(answer.rate, sent_at, now);
      return;
    case Feedback::throttled_window:
    case Feedback::throttled_secondly:
    case Feedback::throttled_daily:
      return throttled(grant, answer, feedback, now);
    case Feedback::overloaded:
    case Feedback::unanswered:
      concurrency_.overloaded(sent_at, now);
      return breaker_.failed(now, grant.is_probe);
    case Feedback::unreachable:
      return breaker_.failed(now, grant.is_probe);
  }
}

// A 429 is no failure: the server is up and says what it wants.
void AdmissionRules::throttled(const Grant& grant, const Answer& answer, Feedback feedback,
                               SteadyPoint now) {
  ++throttled_;
  breaker_.succeeded(grant.is_probe);
  auto& lane = governor(grant.lane);
  if (feedback == Feedback::throttled_daily) return day_.exhausted();
  if (feedback == Feedback::throttled_secondly)
    return lane.pause_until(now + answer.retry_after.value_or(kSecondlyPause));
  lane.throttled(grant.sent_at.value_or(now), now, answer.retry_after);
}

void AdmissionRules::pause_until(SteadyPoint until) {
  for (auto& lane : lanes_) lane.governor.pause_until(until);
}

void AdmissionRules::set_midnights(NextMidnight next) {
  next_midnight_ = std::move(next);
  knows_midnights_ = true;
  next_day_.reset();
}

void AdmissionRules::travelled(SteadyDuration round_trip) {
  for (auto& lane : lanes_) lane.governor.travelled(round_trip);
}

Admission::Snapshot AdmissionRules::snapshot(SteadyPoint now) {
  Admission::Snapshot shot;
  shot.in_flight = in_flight_;
  shot.concurrency = concurrency_.at(now);
  shot.window_used = governor(Lane::objects).used(now);
  shot.window_allowed = governor(Lane::objects).rule(now).requests;
  shot.requests = requests_;
  shot.throttled = throttled_;
  shot.daily_remaining = day_.remaining();
  shot.circuit_open = breaker_.is_open();
  if (waits_for_midnight_) shot.waits_for_day = next_day_;
  shot.knows_midnights = knows_midnights_;
  return shot;
}

}  // namespace payferry
