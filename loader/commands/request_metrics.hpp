#pragma once

#include "loader/delivery/delivery_events.hpp"
#include "loader/report/metrics_text.hpp"

namespace payferry {

/// Counts what this process's requests took.
class RequestMetrics final : public DeliveryEvents {
 public:
  void sending(BatchNumber, std::uint32_t, std::size_t) override {}
  void held(SteadyDuration) override {}
  void waits(BatchNumber, SteadyDuration, WaitReason) override {}
  void ended(const RequestEnd& request) override {
    const Answer& answer = request.answer;
    if (answer.reach == Reach::answered) {
      durations_.add(answer.received_at - answer.sent_at);
    } else if (answer.reach == Reach::sent_unanswered) {
      ++unanswered_;
    }
  }

  const DurationHistogram& durations() const { return durations_; }
  std::uint64_t unanswered() const { return unanswered_; }

 private:
  DurationHistogram durations_;
  std::uint64_t unanswered_ = 0;
};

}  // namespace payferry
