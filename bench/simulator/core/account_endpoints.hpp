#pragma once

#include "bench/simulator/core/call_context.hpp"

namespace payferry::simulator {

/// GET /account-info/v3/details (contract §4.1).
Response account_details(const CallContext& context);
/// GET /account-info/v3/api-usage/daily/private-apps.
Response daily_usage(const CallContext& context, std::uint64_t limit, std::uint64_t used);
/// GET /settings/v3/currencies/codes, …/company-currency and …/exchange-rates.
Response currency_codes(const CallContext& context);
Response company_currency(const CallContext& context);
Response exchange_rates(const CallContext& context);

}  // namespace payferry::simulator
