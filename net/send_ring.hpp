#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>

#include "net/budget.hpp"
#include "net/budget_file.hpp"

namespace payferry {

/// The sliding log of sends as it lies in a file that processes share, and what each of them has
/// promised. Plain data, to be touched under the file's lock only; what a crash in the middle of a
/// change leaves is consistent.
class SendRing {
 public:
  /// True if this is such a log, written since the machine started.
  bool is_valid(std::uint64_t boot, SteadyPoint now) const {
    return magic_ == kMagic && boot_ == boot &&
           (count_ == 0 || last() <= now + std::chrono::seconds(1));
  }
  void format(std::uint64_t boot) {
    *this = SendRing();
    boot_ = boot;
    magic_ = kMagic;
  }

  void push(SteadyPoint at) {
    const auto ordered = count_ == 0 ? at : std::max(at, last());
    times_[count_ % kTimes] = ordered.time_since_epoch().count();
    std::atomic_signal_fence(
        std::memory_order_release);  // killed here, the last send is lost and nothing else
    ++count_;
  }

  /// When there is room for one more beside all promises; SteadyPoint::max() if the promises alone
  /// fill the rule.
  SteadyPoint room_at(const WindowRule& rule) const {
    const auto promised = all_promised();
    if (rule.requests <= promised) return SteadyPoint::max();
    const auto must_be_gone = rule.requests - promised;
    if (must_be_gone > kTimes || count_ < must_be_gone) return SteadyPoint::min();
    return time(count_ - must_be_gone) + rule.span;
  }

  std::uint32_t sends_between(SteadyPoint from, SteadyPoint to) const {
    return static_cast<std::uint32_t>(sends_until(std::max(from, to)) - sends_until(from));
  }

  std::uint32_t& promised(std::size_t process) { return promised_[process]; }
  std::uint32_t all_promised() const {
    std::uint32_t sum = 0;
    for (const auto promised : promised_) sum += promised;
    return sum;
  }

 private:
  static constexpr std::uint64_t kMagic = 0x7061'7966'6272'7931;
  static constexpr std::uint64_t kTimes = 2048;

  SteadyPoint time(std::uint64_t index) const {
    return SteadyPoint(SteadyDuration(times_[index % kTimes]));
  }
  SteadyPoint last() const { return time(count_ - 1); }

  /// Sends up to and with `when`, counted from the first that ever was.
  std::uint64_t sends_until(SteadyPoint when) const {
    auto low = count_ > kTimes ? count_ - kTimes : 0;
    auto high = count_;
    while (low < high) {
      const auto middle = low + (high - low) / 2;
      time(middle) <= when ? low = middle + 1 : high = middle;
    }
    return low;
  }

  std::uint64_t magic_ = 0;
  std::uint64_t boot_ = 0;
  std::uint64_t count_ = 0;
  std::array<std::uint32_t, BudgetFile::kProcesses> promised_{};
  std::array<SteadyDuration::rep, kTimes> times_{};
};

}  // namespace payferry
