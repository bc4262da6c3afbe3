#include "loader/check/load_forecast.hpp"

#include <gtest/gtest.h>

namespace payferry {
namespace {

using namespace std::chrono_literals;

const Instant kNow = *parse_iso8601("2026-11-24T10:00:00Z");

SourceFacts facts_of(std::uint64_t batches) {
  SourceFacts facts;
  facts.batches = batches;
  return facts;
}

TEST(LoadForecast, IsMadeFromTheConfiguredLimitsOffline) {
  const LoadForecast forecast = forecast_load(Settings(), facts_of(1900), {}, kNow);
  EXPECT_EQ(forecast.requests, 1900U);
  EXPECT_FALSE(forecast.at_most);
  EXPECT_FALSE(forecast.outlook.daily);
  ASSERT_TRUE(forecast.quota);
  EXPECT_EQ(forecast.quota->done_at, kNow + 100s);
}

TEST(LoadForecast, TakesTheSlowerOfConfigAndHubSpot) {
  KnownQuota known;
  known.rate.max = 100;
  known.rate.interval = 10s;
  EXPECT_EQ(forecast_load(Settings(), facts_of(10), known, kNow).outlook.window.requests, 100U);
  known.rate.max = 250;
  EXPECT_EQ(forecast_load(Settings(), facts_of(10), known, kNow).outlook.window.requests, 190U);
  Settings automatic;
  automatic.limits.requests.reset();
  EXPECT_EQ(forecast_load(automatic, facts_of(10), known, kNow).outlook.window.requests, 250U);
}

TEST(LoadForecast, WaitsForMidnightWhereTheDayIsNotEnough) {
  KnownQuota known;
  known.rate.daily = 1000;
  known.rate.daily_remaining = 600;
  known.midnights = midnights_at(0ms);
  const LoadForecast forecast = forecast_load(Settings(), facts_of(1000), known, kNow);
  ASSERT_TRUE(forecast.quota);
  EXPECT_EQ(forecast.quota->midnights, 1U);
  EXPECT_GE(forecast.quota->done_at, *parse_iso8601("2026-11-25T00:00:00Z"));
}

TEST(LoadForecast, TakesTheDaysUsageWhereTheHeadersDoNotTell) {
  KnownQuota known;
  known.usage.emplace();
  known.usage->limit = 1000;
  known.usage->used = 1200;
  const LoadForecast forecast = forecast_load(Settings(), facts_of(10), known, kNow);
  EXPECT_EQ(forecast.outlook.daily, 1000U);
  EXPECT_EQ(forecast.outlook.daily_remaining, 0U);
}

TEST(LoadForecast, CountsTheCallsForAssociations) {
  Settings settings;
  AssociationRule rule;
  rule.to = "contacts";
  rule.match = "email";
  settings.mapping.associations = {rule};
  const LoadForecast created = forecast_load(settings, facts_of(10), {}, kNow);
  EXPECT_EQ(created.requests, 20U);
  EXPECT_TRUE(created.at_most);
  settings.mapping.write = WriteMode::upsert;
  EXPECT_EQ(forecast_load(settings, facts_of(10), {}, kNow).requests, 30U);
}

}  // namespace
}  // namespace payferry
