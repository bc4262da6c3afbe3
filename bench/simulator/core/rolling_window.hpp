#pragma once

#include <chrono>
#include <cstddef>
#include <deque>

#include "model/instant.hpp"

namespace payferry::simulator {

/// An exact log of what happened in the last `length`: a moment counts until just before it is
/// `length` old.
class RollingWindow {
 public:
  explicit RollingWindow(std::chrono::milliseconds length) : length_(length) {}

  void add(Instant now) { moments_.push_back(now); }
  std::size_t count(Instant now) {
    while (!moments_.empty() && moments_.front() + length_ <= now) moments_.pop_front();
    return moments_.size();
  }
  /// When the oldest moment leaves. Only of a window that is not empty.
  Instant next_free() const { return moments_.front() + length_; }
  bool empty() const { return moments_.empty(); }

 private:
  std::chrono::milliseconds length_;
  std::deque<Instant> moments_;
};

}  // namespace payferry::simulator
