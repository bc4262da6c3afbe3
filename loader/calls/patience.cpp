#include "loader/calls/patience.hpp"

#include <string>
#include <utility>

#include "loader/delivery/feedback.hpp"
#include "loader/delivery/interruption.hpp"
#include "model/counted.hpp"

namespace payferry {

namespace asio = boost::asio;

asio::awaitable<std::optional<Permit>> Patience::admit(RequestKind kind) {
  co_await open_to_interruption();
  const SteadyPoint not_before = rules_.not_before();
  if (not_before > context_.time.now()) co_await context_.time.sleep_until(not_before);
  std::optional<Permit> permit = co_await context_.admission.admit(kind);
  // Admission closes by itself for the day alone; after any other stop the first reason counts.
  if (!permit) {
    context_.stop.request(StopReason::daily_quota,
                          "The day's requests are used, less daily_reserve");
    co_return std::nullopt;
  }
  co_await shielded_from_interruption();
  take_off();
  co_return permit;
}

void Patience::answered(Permit& permit, const Answer& answer, const WholeVerdict& verdict) {
  permit.ended(answer, feedback_of(answer, verdict));
  land();
  take(rules_.answered(verdict));
}

void Patience::take_off() {
  rules_.sending();
  in_flight_ = true;
  ++context_.in_flight;
  context_.changed.notify_all();
}

void Patience::land() {
  if (!std::exchange(in_flight_, false)) return;
  --context_.in_flight;
}

void Patience::take(RetryRules::Effect effect) {
  const bool is_outage = effect == RetryRules::Effect::outage;
  if (is_outage || effect == RetryRules::Effect::server_fault) ++context_.retries;
  if (!is_outage) return;
  context_.stop.request(StopReason::outage,
                        "HubSpot failed " + counted(rules_.failures(), "time") + " in a row");
}

}  // namespace payferry
