#include "net/governor.hpp"

#include <algorithm>

namespace payferry {

namespace {

using namespace std::chrono_literals;

constexpr std::uint32_t kRequestsBeforeTheFirstHeader =
    100;                                   // the smallest burst limit, contract §4.1
constexpr std::uint32_t kSlackShare = 80;  // of the window, left free while others use it too
constexpr std::uint32_t kYieldShare =
    16;  // of what we have more than others: two of us end with equal shares
constexpr std::uint32_t kLeastShare = 10;  // of the window, kept however much others use
constexpr int kFirstPauseShare = 40;       // of the window, after a 429
constexpr int kPauseGrowth = 4;

}  // namespace

Governor::Governor(const Quota& quota, Budget& budget)
    : quota_(quota), budget_(budget), guard_(quota.window) {}

WindowRule Governor::server_limit() const {
  if (header_rule_) return *header_rule_;
  return WindowRule{quota_.requests.value_or(kRequestsBeforeTheFirstHeader), quota_.window};
}

/// What was configured, and what the server leaves: both must hold, as their windows may differ.
Governor::Rules Governor::rules(SteadyPoint now) const {
  const auto guard = guard_.length(now);
  const WindowRule server{left_by_others(now), server_limit().span + guard};
  if (!quota_.requests) return {server, server};
  return {WindowRule{*quota_.requests, quota_.window + guard}, server};
}

std::uint32_t Governor::left_by_others(SteadyPoint now) const {
  const auto limit = server_limit().requests;
  if (!others_.is_active(now)) return limit;
  const auto others = others_.expected(now);
  const auto own = limit > others ? limit - others : 0;
  const auto slack = own > others ? std::max(limit / kSlackShare, 1u) : 1u;
  const auto yield = own > others ? std::min((own - others) / kYieldShare, 3 * slack) : 0;
  const auto taken = others + slack + yield;
  const auto least = std::max(limit / kLeastShare, 1u);
  return limit > taken + least ? limit - taken : least;
}

WindowRule Governor::rule(SteadyPoint now) const {
  const auto both = rules(now);
  const auto rate = [](const WindowRule& rule) {
    return rule.requests / std::chrono::duration<double>(rule.span).count();
  };
  return rate(both[0]) <= rate(both[1]) ? both[0] : both[1];
}

std::uint32_t Governor::used(SteadyPoint now) {
  return budget_.sends_between(now - quota_.window, now);
}

SteadyPoint Governor::not_before(SteadyPoint now, const Rules& rules) const {
  return std::max(paused_until_, pacer_.next_at(now, rules[0]));
}

Leave Governor::look(SteadyPoint now) {
  const auto both = rules(now);
  const auto earliest = not_before(now, both);
  const auto leave = budget_.look(now, both);
  if (leave.granted) return earliest <= now ? leave : Leave::at(earliest);
  return Leave::at(std::max(earliest, leave.again_at));
}

Leave Governor::reserve(SteadyPoint now) {
  const auto both = rules(now);
  if (not_before(now, both) > now) return look(now);
  const auto leave = budget_.reserve(now, both);
  if (leave.granted) pacer_.take(now, both[0]);
  return leave;
}

void Governor::sent(SteadyPoint now) {
  budget_.sent(now);
}

void Governor::sent_again(SteadyPoint now) {
  budget_.sent_again(now);
}

void Governor::give_back(SteadyPoint now) {
  budget_.give_back();
  pacer_.give_back(rules(now)[0]);
}

void Governor::answered(const RateHeaders& headers, SteadyPoint sent, SteadyPoint received) {
  if (sent > reacted_at_) reactions_in_a_row_ = 0;
  if (!headers.max || !headers.interval || *headers.max == 0) return;
  header_rule_ = WindowRule{*headers.max, *headers.interval};
  if (headers.remaining)
    observe(*headers.max - std::min(*headers.remaining, *headers.max), sent, received);
}

void Governor::throttled(SteadyPoint sent, SteadyPoint received,
                         std::optional<SteadyDuration> retry_after) {
  const bool others_were_known = others_.is_active(received);
  // Refused: with this request there would have been one too many.
  observe(server_limit().requests + 1, sent, received, true);
  if (sent <= reacted_at_) return;
  if (!others_were_known) guard_.was_too_short(received);
  reacted_at_ = received;
  auto pause = server_limit().span / kFirstPauseShare;
  for (std::uint32_t i = 0; i < reactions_in_a_row_ && pause < server_limit().span; ++i)
    pause *= kPauseGrowth;
  ++reactions_in_a_row_;
  pause_until(received + retry_after.value_or(std::min(pause, server_limit().span)));
}

void Governor::observe(std::uint32_t used, SteadyPoint sent, SteadyPoint received, bool refused) {
  others_.observe(
      WindowReading{sent, received, used, server_limit(), guard_.length(received), refused},
      budget_);
}

void Governor::travelled(SteadyDuration round_trip) {
  guard_.travelled(round_trip);
}

void Governor::pause_until(SteadyPoint until) {
  if (until <= paused_until_) return;
  paused_until_ = until;
  pacer_.start_gently(until);
}

}  // namespace payferry
