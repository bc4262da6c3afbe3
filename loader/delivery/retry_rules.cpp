#include "loader/delivery/retry_rules.hpp"

#include <algorithm>
#include <string>

#include "loader/delivery/feedback.hpp"
#include "net/backoff.hpp"

namespace payferry {

using namespace std::chrono_literals;

namespace {

constexpr std::chrono::seconds kMovingWithoutHint = 60s;

}  // namespace

RetryRules::Effect RetryRules::answered(const WholeVerdict& verdict) {
  switch (verdict.reaction) {
    case Reaction::none:
    case Reaction::isolate:
      server_faults_ = 0;
      around_.failed_probes = 0;
      break;
    case Reaction::retry:
      return count_server_fault(verdict.retry_after.value_or(0s));
    case Reaction::locked:
      return count_server_fault(std::max(verdict.retry_after.value_or(0s), kLeastDelayAfterLocked));
    case Reaction::throttled:
      return Effect::throttled;
    case Reaction::moving:
      around_.admission.pause_until(around_.time.now() +
                                    verdict.retry_after.value_or(kMovingWithoutHint));
      break;
    case Reaction::refresh:
      // Who gives out OAuth tokens tells when another one is of no use either.
      if (around_.settings.hubspot.oauth) break;
      [[fallthrough]];
    case Reaction::stop:
      around_.stop.request(stop_reason(verdict.stop_kind), verdict.stop_text);
      break;
  }
  return Effect::none;
}

/// Failures of a server that is known to be down say nothing of these requests; they are counted
/// for all.
RetryRules::Effect RetryRules::count_server_fault(SteadyDuration at_least) {
  const RetrySettings& retry = around_.settings.retry;
  ++(was_probe_ ? around_.failed_probes : server_faults_);
  const std::uint32_t attempt = std::max(server_faults_, 1U);
  not_before_ = around_.time.now() + backoff(retry, attempt, at_least, around_.random);
  return failures() >= retry.attempts ? Effect::outage : Effect::server_fault;
}

}  // namespace payferry
