#include "net/concurrency_limit.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <utility>

namespace payferry {

namespace {

using namespace std::chrono_literals;

constexpr double kAtStart = 4;
constexpr double kMostBeforeAnAnswer = 64;
constexpr auto kDoublesBeforeAnAnswer = 100ms;
constexpr double kHeadroom = 1.5;
constexpr double kSlowStartStep = 2;
constexpr double kStep = 1.25;
constexpr double kStepDown = 0.75;
constexpr double kWorthwhile = 0.5;  // of the step must be gained in throughput
constexpr double kHardlyLess =
    0.9;  // of the throughput is kept by a step down that takes away only a queue
constexpr double kClearlyLess = 0.85;  // of the latency then remains
constexpr double kReduction = 0.7;
constexpr std::uint32_t kAnswersInAnEpoch = 16;
constexpr std::uint32_t kAnswersWhileRecovering = 4;
constexpr auto kShortestEpoch = 100ms;
constexpr std::uint32_t kFirstHold = 4;  // epochs without another trial
constexpr std::uint32_t kLongestHold = 64;
constexpr int kLatencySmoothing = 16;
constexpr int kInflatedLatency = 2;              // times the least
constexpr std::uint32_t kLatestEnds = 0xFFFFFF;  // 24 of them
constexpr int kOverload = 6;                     // bad ones among those
constexpr int kRecovered = 3;                    // fewer bad ones among those

double seconds(SteadyDuration duration) {
  return std::chrono::duration<double>(duration).count();
}

}  // namespace

std::uint32_t ConcurrencyLimit::at(SteadyPoint now) const {
  if (fixed_) return *fixed_;
  const auto limit = has_answers() ? std::min(limit_, needed(latency_)) : at_start(now);
  return static_cast<std::uint32_t>(std::clamp(limit, 1.0, static_cast<double>(kMost)));
}

// Until the first answer the age of the first request is the least that latency can be. What
// Little's law wants for it may be taken, but not faster than doubling every few moments.
double ConcurrencyLimit::at_start(SteadyPoint now) const {
  if (!first_sent_) return kAtStart;
  const auto age = now - *first_sent_;
  const auto doublings = std::min<std::int64_t>(age / kDoublesBeforeAnAnswer, 10);
  return std::min({kAtStart * std::exp2(doublings), needed(age), kMostBeforeAnAnswer});
}

SteadyPoint ConcurrencyLimit::grows_at(SteadyPoint now) const {
  if (fixed_ || has_answers() || !first_sent_ || at_start(now) >= kMostBeforeAnAnswer)
    return SteadyPoint::max();
  return *first_sent_ +
         ((now - *first_sent_) / kDoublesBeforeAnAnswer + 1) * kDoublesBeforeAnAnswer;
}

double ConcurrencyLimit::needed(SteadyDuration latency) const {
  const auto rate = quota_.requests / std::max(seconds(quota_.span), 1e-3);
  return std::min(std::ceil(rate * seconds(latency) * kHeadroom) + kAtStart,
                  static_cast<double>(kMost));
}

void ConcurrencyLimit::sent(SteadyPoint now, const WindowRule& quota) {
  quota_ = quota;
  if (!first_sent_) first_sent_ = now;
}

void ConcurrencyLimit::was_short() {
  epoch_.was_short = true;
}

void ConcurrencyLimit::was_held_elsewhere() {
  epoch_.was_held_elsewhere = true;
}

void ConcurrencyLimit::answered(SteadyPoint sent, SteadyPoint now) {
  const auto latency = std::max<SteadyDuration>(now - sent, 1us);
  if (!has_answers()) {
    limit_ = at_start(now);
    latency_ = latency;
    epoch_.start = now;
  }
  latency_ += (latency - latency_) / kLatencySmoothing;
  note(false);
  ++epoch_.answers;
  epoch_.latencies += latency;
  if (is_over(now)) end_epoch(now);
}

bool ConcurrencyLimit::is_over(SteadyPoint now) const {
  const auto enough =
      std::max(is_recovering() ? kAnswersWhileRecovering : kAnswersInAnEpoch, at(now));
  return epoch_.answers >= enough &&
         now - epoch_.start >= std::max<SteadyDuration>(kShortestEpoch, latency_);
}

void ConcurrencyLimit::end_epoch(SteadyPoint now) {
  const auto epoch = std::exchange(epoch_, Epoch{now});
  const auto throughput = epoch.answers / seconds(now - epoch.start);
  const auto latency = epoch.latencies / epoch.answers;
  least_latency_ =
      least_latency_ > 0s ? std::min(least_latency_ + least_latency_ / 50, latency) : latency;
  const auto trial = std::exchange(trial_, std::nullopt);
  if (!epoch.was_short) return;
  if (is_recovering()) return recover();
  if (epoch.was_held_elsewhere) {
    // The quota was reached at times, so the throughput proves nothing; up to what the quota needs
    // is safe.
    limit_ = std::min(limit_ * kStep, std::max(limit_, needed(latency_)));
    return;
  }
  if (trial) judge(*trial, throughput, latency);
  if (epochs_to_hold_ > 0) --epochs_to_hold_;
  if (epochs_to_hold_ == 0) step(throughput, latency);
}

bool ConcurrencyLimit::is_recovering() const {
  return limit_ < limit_before_overload_;
}

// Up to where it stood before the overload, no proof is asked for that more in flight helps.
void ConcurrencyLimit::recover() {
  if (overloads() >= kRecovered) return;
  limit_ = std::max(limit_ * kStep, limit_ + 1);
  if (limit_ < limit_before_overload_) return;
  limit_ = std::exchange(limit_before_overload_, 0);
}

void ConcurrencyLimit::judge(const Trial& trial, double throughput, SteadyDuration latency) {
  const auto step = limit_ / trial.limit_before;
  const auto gain = throughput / trial.throughput_before;
  if (step > 1 && gain >= 1 + (step - 1) * kWorthwhile) {
    next_hold_ = kFirstHold;
    return;
  }
  const auto latency_left = seconds(latency) / seconds(trial.latency_before);
  if (step < 1 && gain >= kHardlyLess && latency_left <= kClearlyLess) return;
  // A latency that did not fall with the limit is the server's own; from now on it is the normal
  // one.
  if (step < 1) least_latency_ = latency;
  take_back(trial);
}

void ConcurrencyLimit::take_back(const Trial& trial) {
  const bool was_up = limit_ > trial.limit_before;
  limit_ = trial.limit_before;
  if (!was_up) return;
  is_slow_start_ = false;
  epochs_to_hold_ = next_hold_;
  next_hold_ = std::min(2 * next_hold_, kLongestHold);
}

// Latency that has grown may be a queue of our own making: then fewer in flight do as well.
void ConcurrencyLimit::step(double throughput, SteadyDuration latency) {
  const bool is_inflated = latency > kInflatedLatency * least_latency_;
  const auto up = std::max(limit_ * (is_slow_start_ ? kSlowStartStep : kStep), limit_ + 1);
  const auto limit = is_inflated ? limit_ * kStepDown : std::min(up, needed(latency_));
  if (limit < 1 || std::abs(limit - limit_) < 0.5) return;
  trial_ = Trial{limit_, throughput, latency};
  limit_ = limit;
}

void ConcurrencyLimit::note(bool is_overload) {
  recent_overloads_ = recent_overloads_ << 1 | (is_overload ? 1u : 0u);
}

int ConcurrencyLimit::overloads() const {
  return std::popcount(recent_overloads_ & kLatestEnds);
}

void ConcurrencyLimit::overloaded(SteadyPoint sent, SteadyPoint now) {
  note(true);
  if (sent <= reduced_at_ || overloads() < kOverload) return;
  const double limit = at(now);
  limit_before_overload_ = std::max(limit, limit_before_overload_);
  limit_ = std::max(limit * kReduction, std::min(limit, kAtStart));
  reduced_at_ = now;
  recent_overloads_ = 0;
  is_slow_start_ = false;
  trial_.reset();
  if (!has_answers()) latency_ = std::max<SteadyDuration>(now - sent, 1us);
}

}  // namespace payferry
