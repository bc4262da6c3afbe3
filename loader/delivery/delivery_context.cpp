#include "loader/delivery/delivery_context.hpp"

#include <algorithm>

#include "model/counted.hpp"

namespace payferry {

BatchProgress::Options DeliveryContext::progress_options() const {
  BatchProgress::Options options;
  options.write = settings.mapping.write;
  options.has_key = !settings.mapping.id_property.empty();
  options.id_property = settings.mapping.id_property;
  options.most_sends = settings.retry.attempts;
  options.reject_existing = settings.hubspot.on_existing == OnExisting::reject;
  return options;
}

AnswerInterest DeliveryContext::answer_interest() const {
  AnswerInterest interest;
  interest.id_property = settings.mapping.id_property;
  interest.run_property = settings.mapping.run_property;
  interest.whole_properties = settings.mapping.id_property.empty();
  return interest;
}

SteadyPoint DeliveryContext::settled_by(const SendTime& sent) const {
  using std::chrono::milliseconds;
  const Instant now = sent.by_earlier_process ? time.wall_now() : time.continuous_now();
  const milliseconds wait = settings.retry.settle_after.value_or(settings.retry.request_timeout);
  // A wall clock that was set back must not make it longer.
  return time.now() + std::clamp(wait - (now - sent.at), milliseconds::zero(), wait);
}

void DeliveryContext::stop_for_outage(std::uint32_t failures) {
  stop.request(StopReason::outage, "HubSpot failed " + counted(failures, "time") +
                                       " in a row, so the run was stopped; nothing was given up");
}

void DeliveryContext::admission_closed() {
  // Admission closes by itself for the day alone; after any other stop the first reason counts.
  stop.request(StopReason::daily_quota, "The day's requests are used, less daily_reserve");
}

}  // namespace payferry
