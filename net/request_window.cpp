#include "net/request_window.hpp"

#include <algorithm>
#include <cassert>

namespace payferry {

Leave RequestWindow::look(SteadyPoint now, std::span<const WindowRule> rules) {
  auto earliest = SteadyPoint::min();
  for (const auto& rule : rules) {
    longest_span_ = std::max(longest_span_, rule.span);
    earliest = std::max(earliest, room_at(rule));
  }
  return earliest <= now ? Leave::now() : Leave::at(earliest);
}

Leave RequestWindow::reserve(SteadyPoint now, std::span<const WindowRule> rules) {
  const auto leave = look(now, rules);
  if (leave.granted) ++reserved_;
  return leave;
}

// The new send and the promised ones may stand beside the last (requests - 1 - reserved) sends; the
// one before those must have left the window.
SteadyPoint RequestWindow::room_at(const WindowRule& rule) const {
  if (rule.requests <= reserved_) return SteadyPoint::max();
  const std::size_t last_that_must_be_gone = rule.requests - reserved_;
  if (sends_.size() < last_that_must_be_gone) return SteadyPoint::min();
  return sends_[sends_.size() - last_that_must_be_gone] + rule.span;
}

void RequestWindow::sent(SteadyPoint now) {
  give_back();
  sent_again(now);
}

void RequestWindow::give_back() {
  assert(reserved_ > 0);
  --reserved_;
}

void RequestWindow::sent_again(SteadyPoint now) {
  sends_.push_back(sends_.empty() ? now : std::max(now, sends_.back()));
  forget_old(now);
}

void RequestWindow::forget_old(SteadyPoint now) {
  while (sends_.front() + 2 * longest_span_ < now) sends_.pop_front();
}

std::uint32_t RequestWindow::sends_between(SteadyPoint from, SteadyPoint to) {
  const auto first = std::upper_bound(sends_.begin(), sends_.end(), from);
  const auto last = std::upper_bound(first, sends_.end(), std::max(from, to));
  return static_cast<std::uint32_t>(last - first);
}

}  // namespace payferry
