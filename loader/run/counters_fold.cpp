#include "loader/run/counters_fold.hpp"

#include <algorithm>

namespace payferry {

namespace {

constexpr int kTooManyRequests = 429;

}  // namespace

void CountersFold::take(const AttemptLine& line) {
  std::visit([this](const auto& kind) { take(kind); }, line);
}

void CountersFold::take(const SendLine& line) {
  ++counters_.requests;
  if (line.attempt > 1) ++counters_.retries;
  work_goes_on(line.at);
}

void CountersFold::take(const AnswerLine& line) {
  if (line.http == kTooManyRequests) ++counters_.throttled;
  work_goes_on(line.at);
}

void CountersFold::take(const Counters& noted, std::optional<Instant> at) {
  counters_ = noted;
  counted_at_ = at;
  busy_since_ = std::chrono::milliseconds(0);
}

void CountersFold::work_goes_on(Instant at) {
  if (!counted_at_) counted_at_ = at;
  busy_since_ = std::max(busy_since_, at - *counted_at_);
}

Counters CountersFold::counters() const {
  Counters counters = counters_;
  counters.busy += busy_since_;
  return counters;
}

}  // namespace payferry
