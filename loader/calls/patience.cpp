#include "loader/calls/patience.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "loader/delivery/interruption.hpp"
#include "net/backoff.hpp"

namespace payferry {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::seconds kMovingWithoutHint = 60s;

}  // namespace

asio::awaitable<std::optional<Permit>> Patience::admit(RequestKind kind) {
  co_await open_to_interruption();
  if (not_before_ > context_.time.now()) co_await context_.time.sleep_until(not_before_);
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

void Patience::take_off() {
  to_outage_ = context_.admission.snapshot().circuit_open;
  in_flight_ = true;
  ++context_.in_flight;
  context_.changed.notify_all();
}

void Patience::land() {
  if (!std::exchange(in_flight_, false)) return;
  --context_.in_flight;
}

void Patience::react(const Told& told) {
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
      return;
    case Reaction::moving:
      context_.admission.pause_until(context_.time.now() +
                                     told.retry_after.value_or(kMovingWithoutHint));
      return;
    case Reaction::refresh:
      return refresh(told.stop_text, was_refreshed);
    case Reaction::stop:
      context_.stop.request(stop_reason(told.stop_kind), std::string(told.stop_text));
      return;
  }
}

/// An OAuth token is renewed once; a second refusal in a row is final.
void Patience::refresh(std::string_view stop_text, bool was_refreshed) {
  if (context_.settings.hubspot.oauth && !was_refreshed) {
    refreshed_ = true;
  } else {
    context_.stop.request(StopReason::token_refused, std::string(stop_text));
  }
}

/// Failures of a server that is known to be down say nothing of this batch; they are counted for
/// all.
void Patience::count_server_fault(SteadyDuration at_least) {
  const RetrySettings& retry = context_.settings.retry;
  std::uint32_t& failures = to_outage_ ? context_.failed_probes : server_faults_;
  ++failures;
  ++context_.retries;
  const std::uint32_t attempt = std::max(server_faults_, 1U);
  not_before_ = context_.time.now() + backoff(retry, attempt, at_least, context_.random);
  if (failures < retry.attempts) return;
  context_.stop.request(StopReason::outage,
                        "HubSpot failed " + std::to_string(failures) + " times in a row");
}

}  // namespace payferry
