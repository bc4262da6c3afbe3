#pragma once

#include <cstdint>
#include <optional>

#include "config/settings.hpp"
#include "loader/check/source_check.hpp"
#include "model/account.hpp"
#include "model/answer.hpp"
#include "net/daily_budget.hpp"

namespace payferry {

/// What is known of the account's quota when a forecast is made.
struct KnownQuota {
  RateHeaders rate;
  std::optional<DailyUsage> usage;
  std::optional<NextMidnight> midnights;
};

/// How many requests a load would take, and until when.
struct LoadForecast {
  std::uint64_t requests = 0;
  bool at_most = false;  ///< look-ups of associations depend on how many are alike
  QuotaOutlook outlook;
  Instant now{};
  std::optional<QuotaForecast> quota;  ///< nothing: never, as far as the quota is concerned
};

/// `now`: when the load would begin.
LoadForecast forecast_load(const Settings& settings, const SourceFacts& facts,
                           const KnownQuota& known, Instant now);

}  // namespace payferry
