#include "bench/simulator/core/account_endpoints.hpp"

#include <boost/json.hpp>
#include <cstdio>

namespace payferry::simulator {

namespace {

namespace json = boost::json;

std::string offset_text(std::chrono::milliseconds offset) {
  const auto minutes =
      std::chrono::duration_cast<std::chrono::minutes>(std::chrono::abs(offset)).count();
  char text[16];
  std::snprintf(text, sizeof text, "%s%02d:%02d", offset.count() < 0 ? "-" : "+",
                static_cast<int>(minutes / 60), static_cast<int>(minutes % 60));
  return text;
}

json::array additional_currencies(const AccountOptions& options) {
  json::array currencies;
  for (const std::string& currency : options.currencies) {
    if (currency != options.company_currency) currencies.emplace_back(currency);
  }
  return currencies;
}

}  // namespace

Response account_details(const CallContext& context) {
  const AccountOptions& options = context.account.options();
  const auto offset = context.account.clock().offset_at(context.now);
  const json::object details{{"portalId", options.portal_id},
                             {"accountType", "STANDARD"},
                             {"timeZone", options.time_zone},
                             {"companyCurrency", options.company_currency},
                             {"additionalCurrencies", additional_currencies(options)},
                             {"utcOffset", offset_text(offset)},
                             {"utcOffsetMilliseconds", offset.count()},
                             {"uiDomain", "app.hubspot.com"},
                             {"dataHostingLocation", "na1"}};
  return {200, json::serialize(details)};
}

Response daily_usage(const CallContext& context, std::uint64_t limit, std::uint64_t used) {
  const json::object usage{
      {"name", "private-apps-api-calls-daily"},
      {"usageLimit", limit},
      {"currentUsage", used},
      {"collectedAt", to_iso8601(context.now)},
      {"fetchStatus", "SUCCESS"},
      {"resetsAt", to_iso8601(context.account.clock().next_midnight(context.now))}};
  return {200, json::serialize(json::object{{"results", json::array{usage}}})};
}

Response currency_codes(const CallContext& context) {
  json::array results;
  for (const std::string& currency : context.account.options().currencies) {
    results.push_back({{"code", currency}, {"name", currency}});
  }
  return {200, json::serialize(json::object{{"results", std::move(results)}})};
}

Response company_currency(const CallContext& context) {
  const std::string& currency = context.account.options().company_currency;
  return {200, json::serialize(json::object{{"code", currency}, {"name", currency}})};
}

Response exchange_rates(const CallContext& context) {
  const AccountOptions& options = context.account.options();
  json::array results;
  for (const std::string& currency : options.currencies) {
    results.push_back({{"id", std::to_string(results.size() + 1)},
                       {"fromCurrencyCode", currency},
                       {"toCurrencyCode", options.company_currency},
                       {"conversionRate", 1.0},
                       {"visibleInUI", true}});
  }
  return {200, json::serialize(json::object{{"results", std::move(results)}})};
}

}  // namespace payferry::simulator
