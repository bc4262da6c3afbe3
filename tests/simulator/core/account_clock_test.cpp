#include "bench/simulator/core/account_clock.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace payferry::simulator {
namespace {

Instant at(const char* text) {
  return *parse_iso8601(text);
}

TEST(AccountClock, MidnightIsTheAccountsOwn) {
  EXPECT_EQ(AccountClock("UTC").next_midnight(at("2026-01-10T23:59:59Z")),
            at("2026-01-11T00:00:00Z"));
  EXPECT_EQ(AccountClock("UTC").next_midnight(at("2026-01-10T00:00:00Z")),
            at("2026-01-11T00:00:00Z"));
  EXPECT_EQ(AccountClock("America/New_York").next_midnight(at("2026-01-10T04:59:00Z")),
            at("2026-01-10T05:00:00Z"));
  EXPECT_EQ(AccountClock("Asia/Tokyo").next_midnight(at("2026-01-10T16:00:00Z")),
            at("2026-01-11T15:00:00Z"));
}

TEST(AccountClock, ADayOfSummerTimeChangeIsShorterOrLonger) {
  const AccountClock london("Europe/London");
  EXPECT_EQ(london.next_midnight(at("2026-03-29T00:30:00Z")), at("2026-03-29T23:00:00Z"));
  EXPECT_EQ(london.next_midnight(at("2026-10-24T23:30:00Z")), at("2026-10-26T00:00:00Z"));
  EXPECT_EQ(london.offset_at(at("2026-07-01T00:00:00Z")), std::chrono::hours(1));
}

TEST(AccountClock, AnUnknownZoneIsRefused) {
  EXPECT_THROW(AccountClock("Mars"), std::runtime_error);
}

}  // namespace
}  // namespace payferry::simulator
