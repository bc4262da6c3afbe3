#include "loader/check/load_forecast.hpp"

#include <algorithm>
#include <set>
#include <string>

namespace payferry {

namespace {

/// The least that HubSpot gives any private app (contract §4.1).
constexpr std::uint32_t kLeastRequests = 100;

/// What the association of one batch takes beside its own request: a look-up for each way of
/// matching, and after an upsert a call for each target (contract §1.5).
std::uint64_t more_calls_a_batch(const MappingRules& rules) {
  std::uint64_t calls = 0;
  std::set<std::string> targets;
  for (const AssociationRule& rule : rules.associations) {
    if (rule.match) ++calls;
    targets.insert(rule.to);
  }
  return calls + (rules.write == WriteMode::upsert ? targets.size() : 0);
}

double rate_of(const WindowRule& rule) {
  return rule.requests / std::chrono::duration<double>(rule.span).count();
}

WindowRule window_of(const LimitSettings& limits, const RateHeaders& rate) {
  const WindowRule configured{limits.requests.value_or(kLeastRequests), limits.window};
  if (!rate.max || !rate.interval || *rate.max == 0) return configured;
  const WindowRule server{*rate.max, *rate.interval};
  const bool server_is_slower = rate_of(server) < rate_of(configured);
  return !limits.requests || server_is_slower ? server : configured;
}

void take_day(const KnownQuota& known, QuotaOutlook& outlook) {
  if (known.rate.daily) {
    outlook.daily = known.rate.daily;
    outlook.daily_remaining = known.rate.daily_remaining;
  } else if (known.usage && known.usage->limit > 0) {
    outlook.daily = known.usage->limit;
    outlook.daily_remaining = known.usage->limit - std::min(known.usage->limit, known.usage->used);
  }
}

}  // namespace

LoadForecast forecast_load(const Settings& settings, const SourceFacts& facts,
                           const KnownQuota& known, Instant now) {
  LoadForecast forecast;
  const std::uint64_t more = more_calls_a_batch(settings.mapping);
  forecast.requests = facts.batches * (1 + more);
  forecast.at_most = more > 0;
  forecast.now = now;
  forecast.outlook.window = window_of(settings.limits, known.rate);
  take_day(known, forecast.outlook);
  forecast.outlook.reserve_percent = settings.limits.daily_reserve_percent;
  forecast.outlook.next_midnight = known.midnights ? *known.midnights : midnights_at({});
  forecast.quota = payferry::forecast(forecast.requests, forecast.outlook, now);
  return forecast;
}

}  // namespace payferry
