#include "loader/delivery/retries.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "net/backoff.hpp"

namespace payferry {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {
constexpr std::chrono::seconds kMovingWithoutHint = 60s;
}

asio::awaitable<std::optional<Permit>> Retries::admit(RequestKind kind) {
  if (not_before_ > context_.time.now()) co_await context_.time.sleep_until(not_before_);
  std::optional<Permit> permit = co_await context_.admission.admit(kind);
  if (!permit) context_.admission_closed();
  sent_to_outage_ = context_.admission.snapshot().circuit_open;
  co_return permit;
}

void Retries::react(const Told& told) {
  const bool was_refreshed = std::exchange(refreshed_, false);
  switch (told.reaction) {
    case Reaction::none:
    case Reaction::isolate:
      server_faults_ = 0;
      context_.failed_probes = 0;
      return;
    case Reaction::retry:
      return count_server_fault(told.retry_after.value_or(0s));
    case Reaction::locked:
      return count_server_fault(std::max(told.retry_after.value_or(0s), kLeastDelayAfterLocked));
    case Reaction::throttled:
      ++context_.log.counters().throttled;
      return;
    case Reaction::moving:
      return context_.admission.pause_until(context_.time.now() +
                                            told.retry_after.value_or(kMovingWithoutHint));
    case Reaction::refresh:
      return refresh(told.stop_text, was_refreshed);
    case Reaction::stop:
      return context_.stop.request(stop_reason(told.stop_kind), std::string(told.stop_text));
  }
}

void Retries::refresh(std::string_view stop_text, bool was_refreshed) {
  if (context_.settings.hubspot.oauth && !was_refreshed) {
    refreshed_ = true;
  } else {
    context_.stop.request(StopReason::token_refused, std::string(stop_text));
  }
}

/// Failures of a server that is known to be down say nothing of these requests; they are counted
/// for all.
void Retries::count_server_fault(SteadyDuration at_least) {
  const RetrySettings& retry = context_.settings.retry;
  std::uint32_t& failures = sent_to_outage_ ? context_.failed_probes : server_faults_;
  ++failures;
  const std::uint32_t attempt = std::max(server_faults_, 1U);
  not_before_ = context_.time.now() + backoff(retry, attempt, at_least, context_.random);
  if (failures >= retry.attempts) context_.stop_for_outage(failures);
}

}  // namespace payferry
