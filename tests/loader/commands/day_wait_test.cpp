#include "loader/commands/day_wait.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace payferry {
namespace {

using testing::HasSubstr;
using testing::Optional;
using namespace std::chrono_literals;

constexpr Instant kMidnight{std::chrono::sys_days(std::chrono::year(2026) / 11 / 30)};

TEST(DayWait, IsToldOnceWithItsEnd) {
  DayWait wait;
  EXPECT_EQ(wait.news(std::nullopt, true), std::nullopt);
  EXPECT_THAT(wait.news(kMidnight + 2s, true),
              Optional(HasSubstr("sleeps until 2026-11-30 00:00 UTC")));
  EXPECT_EQ(wait.news(kMidnight + 2s, true), std::nullopt);
  EXPECT_EQ(wait.news(kMidnight + 62s, true), std::nullopt) << "HubSpot's midnight comes later";
}

TEST(DayWait, IsToldAgainAnotherDay) {
  DayWait wait;
  EXPECT_TRUE(wait.news(kMidnight, true));
  EXPECT_FALSE(wait.news(std::nullopt, true));
  EXPECT_TRUE(wait.news(kMidnight + 24h, true));
}

TEST(DayWait, WhereNobodyKnowsItsEndEachTimeToAskAgainIsTold) {
  DayWait wait;
  EXPECT_THAT(wait.news(kMidnight + 2s, false),
              Optional(HasSubstr("again at 2026-11-30 00:00 UTC")));
  EXPECT_EQ(wait.news(kMidnight + 2s, false), std::nullopt);
  EXPECT_THAT(wait.news(kMidnight + 902s, false),
              Optional(HasSubstr("again at 2026-11-30 00:15 UTC")));
}

}  // namespace
}  // namespace payferry
