#include "bench/simulator/core/rate_limits.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "simulator/core/hubspot_account.hpp"

namespace payferry::simulator {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

constexpr const char* kDetails = "/account-info/v3/details";
constexpr const char* kSearch = "/crm/v3/objects/commerce_payments/search";

SimulatorOptions limited(std::uint32_t per_window) {
  SimulatorOptions options;
  options.limits.requests_per_window = per_window;
  return options;
}

TEST(RateLimits, TheWindowTakesExactlyItsNumberAndFreesOneByOne) {
  HubSpotAccount account(limited(3));
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(account.send("GET", kDetails).status, 200);
    account.now += 1s;
  }
  account.now += 6'999ms;
  EXPECT_EQ(account.send("GET", kDetails).status, 429);
  account.now += 1ms;
  EXPECT_EQ(account.send("GET", kDetails).status, 200);
  EXPECT_EQ(account.send("GET", kDetails).status, 429);
  EXPECT_EQ(account.hubspot.statistics().throttled, 2U);
  EXPECT_EQ(account.hubspot.statistics().peak_window, 5U);
}

TEST(RateLimits, RefusedRequestsCountOnlyIfSwitchedOn) {
  SimulatorOptions options = limited(1);
  options.switches.throttled_requests_count = true;
  HubSpotAccount account(options);
  account.send("GET", kDetails);
  account.now += 9s;
  EXPECT_EQ(account.send("GET", kDetails).status, 429);
  account.now += 9s;
  EXPECT_EQ(account.send("GET", kDetails).status, 429);
}

TEST(RateLimits, HeadersTellTheWindowAndTheDay) {
  SimulatorOptions options = limited(100);
  options.limits.requests_per_day = 1000;
  HubSpotAccount account(options);
  account.send("GET", kDetails);
  const SimulatedReply reply = account.send("GET", kDetails);
  EXPECT_EQ(reply.rate.max, 100U);
  EXPECT_EQ(reply.rate.remaining, 98U);
  EXPECT_EQ(reply.rate.interval, 10s);
  EXPECT_EQ(reply.rate.daily, 1000U);
  EXPECT_EQ(reply.rate.daily_remaining, 998U);
}

TEST(RateLimits, ABurstBodyNamesItsPolicy) {
  HubSpotAccount account(limited(0));
  const SimulatedReply reply = account.send("GET", kDetails);
  const auto body = body_of(reply);
  EXPECT_EQ(text(body.at("policyName")), "TEN_SECONDLY_ROLLING");
  EXPECT_EQ(text(body.at("errorType")), "RATE_LIMIT");
  EXPECT_EQ(text(body.at("message")), "You have reached your ten_secondly_rolling limit.");
  EXPECT_FALSE(reply.retry_after);
  account.hubspot.switches().policy_name = false;
  EXPECT_EQ(account.send("GET", kDetails).body.find("policyName"), std::string::npos);
}

TEST(RateLimits, RetryAfterSaysWhenTheWindowHasRoomIfSwitchedOn) {
  SimulatorOptions options = limited(1);
  options.switches.retry_after_429 = true;
  HubSpotAccount account(options);
  account.send("GET", kDetails);
  account.now += 2'500ms;
  EXPECT_EQ(account.send("GET", kDetails).retry_after, 8s);
}

TEST(RateLimits, EachStaticTokenHasAWindowOfItsOwn) {
  HubSpotAccount account(limited(1));
  EXPECT_EQ(account.send("GET", kDetails).status, 200);
  account.authorization = "Bearer another";
  EXPECT_EQ(account.send("GET", kDetails).status, 200);
  EXPECT_EQ(account.send("GET", kDetails).status, 429);
}

TEST(RateLimits, SearchHasItsOwnSecondAndNoHeaders) {
  HubSpotAccount account(limited(1));
  for (int i = 0; i < 5; ++i) {
    const SimulatedReply reply = account.post(kSearch, "{}");
    EXPECT_EQ(reply.status, 200) << reply.body;
    EXPECT_FALSE(reply.rate.max);
    EXPECT_FALSE(reply.rate.daily);
  }
  const SimulatedReply over = account.post(kSearch, "{}");
  EXPECT_EQ(over.status, 429);
  EXPECT_THAT(over.body, HasSubstr("You have reached your secondly limit."));
  EXPECT_EQ(account.send("GET", kDetails).status, 200);
  account.now += 1s;
  EXPECT_EQ(account.post(kSearch, "{}").status, 200);
}

TEST(RateLimits, AssociationsAreExemptFromTheWindowAndHaveTheirOwn) {
  SimulatorOptions options = limited(0);
  options.limits.association_requests_per_window = 1;
  HubSpotAccount account(options);
  const char* const path = "/crm/v4/associations/commerce_payments/contacts/batch/create";
  EXPECT_EQ(account.post(path, R"({"inputs":[]})").status, 201);
  EXPECT_EQ(account.post(path, R"({"inputs":[]})").status, 429);
}

TEST(RateLimits, TheDayEndsAtTheAccountsMidnight) {
  SimulatorOptions options;
  options.account.time_zone = "America/New_York";
  options.limits.requests_per_day = 2;
  HubSpotAccount account(options);
  account.now = *parse_iso8601("2026-01-10T04:59:58Z");
  account.send("GET", kDetails);
  account.send("GET", kDetails);
  const SimulatedReply over = account.send("GET", kDetails);
  EXPECT_EQ(over.status, 429);
  EXPECT_EQ(text(body_of(over).at("policyName")), "DAILY");
  EXPECT_EQ(over.rate.daily_remaining, 0U);
  account.now = *parse_iso8601("2026-01-10T05:00:00Z");
  EXPECT_EQ(account.send("GET", kDetails).status, 200);
  EXPECT_EQ(account.hubspot.statistics().daily_used, 1U);
}

TEST(RateLimits, AnotherIntegrationUsesTheSameWindowAndDay) {
  HubSpotAccount account(limited(10));
  account.hubspot.external_requests(9, account.now);
  EXPECT_EQ(account.send("GET", kDetails).rate.remaining, 0U);
  EXPECT_EQ(account.send("GET", kDetails).status, 429);
  account.now += 10s;
  EXPECT_EQ(account.send("GET", kDetails).status, 200);
  EXPECT_EQ(account.hubspot.statistics().daily_used, 11U);
}

TEST(RateLimits, AnotherIntegrationCanGoOnAtASteadyRate) {
  HubSpotAccount account(limited(100));
  account.hubspot.external_rate(4, account.now);
  account.now += 30s;
  EXPECT_EQ(account.send("GET", kDetails).rate.remaining, 59U);
  account.hubspot.external_rate(0, account.now);
  account.now += 10s;
  EXPECT_EQ(account.send("GET", kDetails).rate.remaining, 99U);
}

TEST(RateLimits, NotEnforcedNothingIsRefusedNorToldOf) {
  SimulatorOptions options = limited(1);
  options.limits.enforced = false;
  HubSpotAccount account(options);
  for (int i = 0; i < 20; ++i) EXPECT_EQ(account.send("GET", kDetails).status, 200);
  EXPECT_FALSE(account.send("GET", kDetails).rate.max);
  EXPECT_EQ(account.hubspot.statistics().peak_window, 21U);
}

}  // namespace
}  // namespace payferry::simulator
