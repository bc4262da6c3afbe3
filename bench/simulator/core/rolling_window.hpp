#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <deque>

#include "model/instant.hpp"

namespace payferry::simulator {

/// An exact log of what happened in the last `length`: a moment counts until just before it is
/// `length` old. Moments may be told a little out of order, as requests are that arrived while the
/// simulator was busy.
class RollingWindow {
 public:
  explicit RollingWindow(std::chrono::milliseconds length) : length_(length) {}

  void add(Instant now) {
    moments_.insert(after(now), now);
    while (moments_.front() + length_ + kMostOutOfOrder <= moments_.back()) moments_.pop_front();
  }
  std::size_t count(Instant now) const {
    return static_cast<std::size_t>(after(now) - after(now - length_));
  }
  /// When the oldest moment that counts leaves. Only of a window that is not empty.
  Instant next_free(Instant now) const { return *after(now - length_) + length_; }

 private:
  static constexpr std::chrono::seconds kMostOutOfOrder{10};

  std::deque<Instant>::const_iterator after(Instant moment) const {
    return std::upper_bound(moments_.begin(), moments_.end(), moment);
  }

  std::chrono::milliseconds length_;
  std::deque<Instant> moments_;
};

}  // namespace payferry::simulator
