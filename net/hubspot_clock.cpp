#include "net/hubspot_clock.hpp"

#include <algorithm>

namespace payferry {

namespace {

using namespace std::chrono_literals;

constexpr auto kDateResolution = 1000ms;
constexpr auto kInstantResolution = 1ms;  // every Instant is rounded down
// NTP slews a clock by at most 500 parts in a million, on either side.
constexpr int kDriftOneIn = 1000;

}  // namespace

void HubSpotClock::observe(const Answer& answer) {
  if (answer.reach == Reach::answered && answer.date)
    observe(answer.sent_at, answer.received_at, *answer.date);
}

void HubSpotClock::observe(const Answer& answer, const BatchAnswer& body) {
  observe(answer);
  if (answer.reach == Reach::answered && body.well_formed && body.started_at && body.completed_at)
    observe_body(answer.sent_at, answer.received_at, *body.started_at, *body.completed_at);
}

void HubSpotClock::observe(Instant sent, Instant received, Instant date) {
  narrow(Bounds{date - received - kInstantResolution, date + kDateResolution - sent, received});
}

void HubSpotClock::observe_body(Instant sent, Instant received, Instant started_at,
                                Instant completed_at) {
  narrow(Bounds{completed_at - received - kInstantResolution,
                started_at + kInstantResolution - sent, received});
}

HubSpotClock::Bounds HubSpotClock::Bounds::seen_from(Instant when) const {
  const auto drift = (when > at ? when - at : at - when) / kDriftOneIn + kInstantResolution;
  return Bounds{least - drift, most + drift, when};
}

void HubSpotClock::narrow(const Bounds& seen) {
  if (seen.least > seen.most)
    return;  // says nothing: our own clock was set while the request was under way
  if (!bounds_) {
    bounds_ = seen;
    return;
  }
  const auto before = bounds_->seen_from(seen.at);
  const Bounds both{std::max(before.least, seen.least), std::min(before.most, seen.most), seen.at};
  bounds_ = both.least <= both.most ? both : seen;
}

std::optional<MomentSpan> HubSpotClock::span_at(Instant our_time) const {
  if (!bounds_) return std::nullopt;
  const Bounds bounds = bounds_->seen_from(our_time);
  return MomentSpan{our_time + bounds.least, our_time + kInstantResolution + bounds.most};
}

bool HubSpotClock::surely_after(Instant server_time, Instant our_time) const {
  return is_surely_after(server_time, span_at(our_time));
}

bool HubSpotClock::surely_before(Instant server_time, Instant our_time) const {
  return is_surely_before(server_time, span_at(our_time));
}

bool is_surely_after(Instant server_time, const std::optional<MomentSpan>& span) {
  return span && server_time >= span->latest;
}

bool is_surely_before(Instant server_time, const std::optional<MomentSpan>& span) {
  return span && server_time + kInstantResolution <= span->earliest;
}

}  // namespace payferry
