#include "net/pacer.hpp"

#include <algorithm>

namespace payferry {

namespace {

constexpr std::uint32_t kBurstShare = 20;

SteadyDuration gap(const WindowRule& rule) {
  return rule.span * kBurstShare / (kBurstShare + 1) / std::max(rule.requests, 1u);
}

}  // namespace

// Generic cell rate: `next_` may lag behind `now` by the burst that is allowed, and each send moves
// it on.
SteadyPoint Pacer::turn(SteadyPoint now, const WindowRule& rule) const {
  const bool is_first_window = !first_ || now < *first_ + rule.span;
  const auto credit = is_first_window ? rule.span : std::max(rule.span / kBurstShare, gap(rule));
  const auto earliest = now - credit;
  return next_ ? std::max(*next_, earliest) : earliest;
}

SteadyPoint Pacer::next_at(SteadyPoint now, const WindowRule& rule) const {
  return turn(now, rule);
}

void Pacer::take(SteadyPoint now, const WindowRule& rule) {
  if (!first_) first_ = now;
  next_ = turn(now, rule) + gap(rule);
}

void Pacer::give_back(const WindowRule& rule) {
  if (next_) *next_ -= gap(rule);
}

void Pacer::start_gently(SteadyPoint from) {
  first_ = SteadyPoint(SteadyDuration(SteadyPoint::min().time_since_epoch() / 2));
  next_ = std::max(next_.value_or(from), from);
}

}  // namespace payferry
