#include "net/daily_budget.hpp"

#include <gtest/gtest.h>

namespace payferry {
namespace {

using namespace std::chrono_literals;

Instant at(const char* text) {
  return *parse_iso8601(text);
}

RateHeaders headers(std::uint64_t daily, std::uint64_t remaining) {
  RateHeaders headers;
  headers.daily = daily;
  headers.daily_remaining = remaining;
  return headers;
}

TEST(DailyBudget, IsNotUsedWhileNothingIsKnown) {
  DailyBudget budget(10);
  for (int i = 0; i < 1000; ++i) budget.take();
  EXPECT_FALSE(budget.is_used());
  EXPECT_EQ(budget.remaining(), std::nullopt);
}

TEST(DailyBudget, LeavesTheReserveToOthers) {
  DailyBudget budget(10);
  const auto request = budget.take();
  budget.observe(headers(1000, 102), request);
  EXPECT_FALSE(budget.is_used());
  budget.take();
  EXPECT_FALSE(budget.is_used());
  budget.take();
  EXPECT_TRUE(budget.is_used());
  EXPECT_EQ(budget.remaining(), 100u);
}

TEST(DailyBudget, WithoutAReserveTheLastRequestIsUsedAndNotOneMore) {
  DailyBudget budget(0);
  budget.observe(headers(1000, 1), budget.take());
  EXPECT_FALSE(budget.is_used());
  budget.take();
  EXPECT_TRUE(budget.is_used());
}

TEST(DailyBudget, WhatIsGivenBackCanBeTakenAgain) {
  DailyBudget budget(0);
  budget.observe(headers(1000, 1), budget.take());
  const auto request = budget.take();
  budget.give_back(request);
  EXPECT_FALSE(budget.is_used());
  EXPECT_EQ(budget.remaining(), 1u);
}

TEST(DailyBudget, TheAnswerToTheLatestRequestCountsWhateverTheOrderOfAnswers) {
  DailyBudget budget(0);
  const auto first = budget.take();
  const auto second = budget.take();
  budget.observe(headers(1000, 500), second);
  budget.observe(headers(1000, 900), first);
  EXPECT_EQ(budget.remaining(), 500u);
}

TEST(DailyBudget, MidnightStartsANewDayAndYesterdaysAnswersAreForgotten) {
  DailyBudget budget(10);
  const auto yesterday = budget.take();
  budget.exhausted();
  EXPECT_TRUE(budget.is_used());
  budget.start_day();
  EXPECT_FALSE(budget.is_used());
  budget.observe(headers(1000, 0), yesterday);
  EXPECT_FALSE(budget.is_used());
  budget.observe(headers(1000, 0), budget.take());
  EXPECT_TRUE(budget.is_used());
}

TEST(DailyBudget, TheFirstRequestOfANewDayGoesAloneUntilItIsAnswered) {
  DailyBudget budget(10);
  const auto yesterday = budget.take();
  EXPECT_FALSE(budget.is_asking());
  budget.start_day();
  EXPECT_FALSE(budget.is_asking());
  const auto first = budget.take();
  EXPECT_TRUE(budget.is_asking());
  budget.ended(yesterday, true);
  EXPECT_TRUE(budget.is_asking());
  budget.ended(first, true);
  EXPECT_FALSE(budget.is_asking());
  budget.take();
  EXPECT_FALSE(budget.is_asking());
}

TEST(DailyBudget, AFirstRequestThatFindsOutNothingIsFollowedByAnotherOne) {
  DailyBudget budget(10);
  budget.start_day();
  budget.ended(budget.take(), false);
  EXPECT_FALSE(budget.is_asking());
  budget.take();
  EXPECT_TRUE(budget.is_asking());
}

TEST(DailyBudget, AnotherNewDayAsksWithARequestOfItsOwn) {
  DailyBudget budget(10);
  budget.start_day();
  const auto late = budget.take();
  budget.start_day();
  EXPECT_FALSE(budget.is_asking());
  const auto first = budget.take();
  budget.ended(late, true);
  EXPECT_TRUE(budget.is_asking());
  budget.ended(first, true);
  EXPECT_FALSE(budget.is_asking());
}

TEST(NextMidnight, OfAZoneFollowsItsSummerTime) {
  const auto next = midnights_in("Europe/London");
  ASSERT_TRUE(next);
  EXPECT_EQ((*next)(at("2026-01-15T10:00:00Z")), at("2026-01-16T00:00:00Z"));
  EXPECT_EQ((*next)(at("2026-07-15T10:00:00Z")), at("2026-07-15T23:00:00Z"));
  EXPECT_EQ((*next)(at("2026-07-15T23:00:00Z")), at("2026-07-16T23:00:00Z"));
  EXPECT_EQ((*next)(at("2026-03-28T23:30:00Z")), at("2026-03-29T00:00:00Z"));
  EXPECT_EQ((*next)(at("2026-03-29T00:00:00Z")), at("2026-03-29T23:00:00Z"));
}

TEST(NextMidnight, WhereMidnightItselfIsSkippedTheDayBeginsAfterTheGap) {
  const auto next = midnights_in("America/Santiago");
  ASSERT_TRUE(next);
  EXPECT_EQ((*next)(at("2026-09-05T12:00:00Z")), at("2026-09-06T04:00:00Z"));
}

TEST(NextMidnight, OfAnUnknownZoneIsNotGuessed) {
  EXPECT_FALSE(midnights_in("Atlantis/Capital"));
}

TEST(NextMidnight, OfAnAccountIsTakenByItsZoneAndElseByItsOffset) {
  AccountDetails account;
  account.time_zone = "Europe/London";
  account.utc_offset = -5h;
  EXPECT_EQ((*midnights_of(account))(at("2026-01-15T10:00:00Z")), at("2026-01-16T00:00:00Z"));
  account.time_zone = "Atlantis/Capital";
  EXPECT_EQ((*midnights_of(account))(at("2026-01-15T10:00:00Z")), at("2026-01-16T05:00:00Z"));
  account.utc_offset.reset();
  EXPECT_FALSE(midnights_of(account));
}

TEST(NextMidnight, OfAnOffset) {
  EXPECT_EQ(midnights_at(-5h)(at("2026-01-15T10:00:00Z")), at("2026-01-16T05:00:00Z"));
  EXPECT_EQ(midnights_at(-5h)(at("2026-01-15T04:00:00Z")), at("2026-01-15T05:00:00Z"));
  EXPECT_EQ(midnights_at(5h + 30min)(at("2026-01-15T18:30:00Z")), at("2026-01-16T18:30:00Z"));
}

TEST(NextMidnight, PossibleOnesComeEveryQuarterOfAnHour) {
  EXPECT_EQ(possible_midnights()(at("2026-01-15T10:14:59Z")), at("2026-01-15T10:15:00Z"));
  EXPECT_EQ(possible_midnights()(at("2026-01-15T10:15:00Z")), at("2026-01-15T10:30:00Z"));
}

TEST(Forecast, WithoutADailyLimitTheWindowDecides) {
  QuotaOutlook outlook{{190, 10s}, {}, {}, 0, {}};
  const auto now = at("2026-01-15T10:00:00Z");
  EXPECT_EQ(forecast(190, outlook, now)->done_at, now);
  EXPECT_EQ(forecast(1900, outlook, now)->done_at, now + 100s);
  EXPECT_EQ(forecast(1900, outlook, now)->midnights, 0u);
}

TEST(Forecast, WhatDoesNotFitInTodayWaitsForMidnights) {
  QuotaOutlook outlook{{190, 10s}, 1000, 500, 10, midnights_at(0h)};
  const auto now = at("2026-01-15T10:00:00Z");
  EXPECT_EQ(forecast(400, outlook, now)->midnights, 0u);
  const auto tomorrow = forecast(401, outlook, now);
  EXPECT_EQ(tomorrow->midnights, 1u);
  EXPECT_EQ(tomorrow->done_at, at("2026-01-16T00:00:00Z"));
  const auto later = forecast(400 + 900 + 380, outlook, now);
  EXPECT_EQ(later->midnights, 2u);
  EXPECT_EQ(later->done_at, at("2026-01-17T00:00:20Z"));
}

TEST(Forecast, ADayThatTheQuotaOutlastsHasNoWaitAtItsEnd) {
  QuotaOutlook outlook{{10, 10s}, 1'000'000, {}, 0, midnights_at(0h)};
  const auto now = at("2026-01-15T23:00:00Z");
  const auto result = forecast(7200, outlook, now);
  EXPECT_EQ(result->midnights, 0u);
  EXPECT_EQ(result->done_at, at("2026-01-16T01:00:00Z"));
}

TEST(Forecast, AReserveOfEverythingIsNeverDone) {
  QuotaOutlook outlook{{190, 10s}, 1000, {}, 100, midnights_at(0h)};
  EXPECT_FALSE(forecast(1, outlook, at("2026-01-15T10:00:00Z")));
}

}  // namespace
}  // namespace payferry
