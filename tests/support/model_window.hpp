#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "net/time.hpp"

namespace payferry::test {

/// HubSpot's rolling window as the server keeps it: a log of the requests that arrived in the last
/// window. A refused request is not counted.
class ModelWindow {
 public:
  ModelWindow(std::uint32_t max, SteadyDuration window) : max_(max), window_(window) {}

  std::uint32_t max() const { return max_; }
  SteadyDuration window() const { return window_; }

  /// What remains after this request, or nothing: 429. Arrivals come in order.
  std::optional<std::uint32_t> arrive(SteadyPoint at) {
    while (!log_.empty() && log_.front() + window_ <= at) log_.pop_front();
    if (log_.size() >= max_) {
      ++refused_;
      return std::nullopt;
    }
    log_.push_back(at);
    accepted_.push_back(at);
    return max_ - static_cast<std::uint32_t>(log_.size());
  }

  std::size_t refused() const { return refused_; }
  const std::vector<SteadyPoint>& accepted() const { return accepted_; }

  /// The share of the quota that was used between these times.
  double used(SteadyPoint from, SteadyPoint to) const {
    std::size_t count = 0;
    for (const auto at : accepted_) count += at >= from && at < to ? 1 : 0;
    const std::chrono::duration<double> time = to - from;
    const std::chrono::duration<double> window = window_;
    return static_cast<double>(count) / (max_ * (time / window));
  }

 private:
  std::uint32_t max_;
  SteadyDuration window_;
  std::deque<SteadyPoint> log_;
  std::vector<SteadyPoint> accepted_;
  std::size_t refused_ = 0;
};

}  // namespace payferry::test
