#include "loader/delivery/retries.hpp"

#include "loader/delivery/feedback.hpp"

namespace payferry {

namespace asio = boost::asio;

asio::awaitable<std::optional<Permit>> Retries::admit(RequestKind kind) {
  if (not_before() > context_.time.now()) co_await context_.time.sleep_until(not_before());
  std::optional<Permit> permit = co_await context_.admission.admit(kind);
  if (!permit) context_.admission_closed();
  rules_.sending();
  co_return permit;
}

void Retries::answered(Permit& permit, const Answer& answer, const WholeVerdict& verdict) {
  permit.ended(answer, feedback_of(answer, verdict));
  take(rules_.answered(verdict));
}

void Retries::take(RetryRules::Effect effect) {
  if (effect == RetryRules::Effect::throttled) ++context_.log.counters().throttled;
  if (effect == RetryRules::Effect::outage) context_.stop_for_outage(rules_.failures());
}

}  // namespace payferry
