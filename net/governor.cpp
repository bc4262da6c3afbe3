#include "net/governor.hpp"

#include <algorithm>

namespace payferry {

namespace {

using namespace std::chrono_literals;

constexpr std::uint32_t kRequestsBeforeTheFirstHeader =
    100;  // the smallest burst limit, contract §4.1
constexpr SteadyDuration kGuard = 20ms;

}  // namespace

Governor::Governor(const Quota& quota, Budget& budget)
    : quota_(quota),
      budget_(budget),
      guard_(std::min<SteadyDuration>(kGuard, quota.window / 100)) {}

std::array<WindowRule, 2> Governor::rules() const {
  const auto unlearned = quota_.requests.value_or(kRequestsBeforeTheFirstHeader);
  const WindowRule configured{unlearned, quota_.window + guard_};
  if (!server_rule_) return {configured, configured};
  const WindowRule server{server_rule_->requests, server_rule_->span + guard_};
  if (!quota_.requests) return {server, server};
  return {configured, server};
}

std::uint32_t Governor::allowed() const {
  const auto both = rules();
  return std::min(both[0].requests, both[1].requests);
}

std::uint32_t Governor::used(SteadyPoint now) {
  return budget_.sends_between(now - quota_.window, now);
}

SteadyPoint Governor::not_before(SteadyPoint now) const {
  return std::max(paused_until_, pacer_.next_at(now, rules()[0]));
}

Leave Governor::look(SteadyPoint now) {
  const auto earliest = not_before(now);
  const auto leave = budget_.look(now, rules());
  if (leave.granted) return earliest <= now ? leave : Leave::at(earliest);
  return Leave::at(std::max(earliest, leave.again_at));
}

Leave Governor::reserve(SteadyPoint now) {
  if (const auto leave = look(now); !leave.granted) return leave;
  const auto leave = budget_.reserve(now, rules());
  if (leave.granted) pacer_.take(now, rules()[0]);
  return leave;
}

void Governor::sent(SteadyPoint now) {
  budget_.sent(now);
}

void Governor::sent_again(SteadyPoint now) {
  budget_.sent_again(now);
}

void Governor::give_back() {
  budget_.give_back();
  pacer_.give_back(rules()[0]);
}

void Governor::answered(const RateHeaders& headers, SteadyPoint, SteadyPoint) {
  if (headers.max && headers.interval) server_rule_ = WindowRule{*headers.max, *headers.interval};
}

void Governor::throttled(SteadyPoint sent, SteadyPoint received,
                         std::optional<SteadyDuration> retry_after) {
  if (sent <= reacted_at_) return;
  reacted_at_ = received;
  pause_until(received + retry_after.value_or(quota_.window));
}

void Governor::pause_until(SteadyPoint until) {
  if (until <= paused_until_) return;
  paused_until_ = until;
  pacer_.start_gently(until);
}

}  // namespace payferry
