#include "model/instant.hpp"

#include <date/date.h>
#include <gtest/gtest.h>

#include <random>
#include <sstream>

namespace payferry {
namespace {

using std::chrono::milliseconds;

Instant at_ms(std::int64_t ms) {
  return Instant(milliseconds(ms));
}

TEST(Instant, IsWrittenAsHubSpotTakesIt) {
  EXPECT_EQ(to_iso8601(at_ms(0)), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(to_iso8601(at_ms(-1)), "1969-12-31T23:59:59.999Z");
  EXPECT_EQ(to_iso8601(at_ms(1'711'562'651'823)), "2024-03-27T18:04:11.823Z");
}

TEST(Instant, IsWrittenLikeTheDateLibraryDoesFrom1900To2100) {
  std::mt19937_64 random(1);
  constexpr std::int64_t kFirst = -2'208'988'800'000;
  constexpr std::int64_t kEnd = 4'133'980'800'000;
  for (std::int64_t ms = kFirst; ms < kEnd;
       ms += static_cast<std::int64_t>(1 + random() % 400'000'000)) {
    const std::string expected =
        date::format("%Y-%m-%dT%H:%M:%SZ", date::sys_time<milliseconds>(milliseconds(ms)));
    ASSERT_EQ(to_iso8601(at_ms(ms)), expected);
    ASSERT_EQ(parse_iso8601(expected), at_ms(ms));
  }
}

TEST(Instant, IsClampedToYearsOfFourDigits) {
  EXPECT_EQ(
      to_iso8601(Instant(std::chrono::sys_days(std::chrono::year(12345) / 1 / 1))).substr(0, 5),
      "9999-");
}

TEST(Instant, IsReadWithZeroToNineDecimals) {
  EXPECT_EQ(parse_iso8601("1970-01-01T00:00:00Z"), at_ms(0));
  EXPECT_EQ(parse_iso8601("1970-01-01T00:00:00.5Z"), at_ms(500));
  EXPECT_EQ(parse_iso8601("1970-01-01T00:00:00.05Z"), at_ms(50));
  EXPECT_EQ(parse_iso8601("1970-01-01T00:00:00.123999999Z"), at_ms(123));
  EXPECT_FALSE(parse_iso8601("1970-01-01T00:00:00.Z"));
  EXPECT_FALSE(parse_iso8601("1970-01-01T00:00:00.1234567890Z"));
}

TEST(Instant, IsReadWithAnOffset) {
  EXPECT_EQ(parse_iso8601("1970-01-01T01:00:00+01:00"), at_ms(0));
  EXPECT_EQ(parse_iso8601("1969-12-31T19:00:00-05:00"), at_ms(0));
  EXPECT_EQ(parse_iso8601("1970-01-01T05:30:00+0530"), at_ms(0));
  EXPECT_FALSE(parse_iso8601("1970-01-01T00:00:00+24:00"));
  EXPECT_FALSE(parse_iso8601("1970-01-01T00:00:00+01:60"));
}

TEST(Instant, IsNotReadFromAnythingElse) {
  for (const char* text :
       {"", "Z", "1970-01-01", "1970-01-01T00:00Z", "1970-01-01T00:00:00", "1970-01-01 00:00:00Z",
        "1970-13-01T00:00:00Z", "1970-02-29T00:00:00Z", "1970-01-00T00:00:00Z",
        "1970-01-01T24:00:00Z", "1970-01-01T00:60:00Z", "1970-01-01T00:00:60Z",
        "70-01-01T00:00:00Z", "1970-1-1T00:00:00Z", "1970-01-01T00:00:00Zx",
        " 1970-01-01T00:00:00Z", "0000-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00"}) {
    EXPECT_FALSE(parse_iso8601(text)) << text;
  }
}

TEST(Instant, IsReadFromHttpsDateHeader) {
  EXPECT_EQ(parse_http_date("Mon, 23 Nov 2026 10:00:00 GMT"),
            parse_iso8601("2026-11-23T10:00:00Z"));
  EXPECT_EQ(parse_http_date("Thu, 29 Feb 2024 23:59:59 GMT"),
            parse_iso8601("2024-02-29T23:59:59Z"));
  for (const char* text : {"", "Mon", "Mon, 23 Nov 2026 10:00:00", "Mon, 23 Nov 2026 10:00:00 CET",
                           "Mon, 31 Nov 2026 10:00:00 GMT", "Monday, 23-Nov-26 10:00:00 GMT",
                           "Mon, 23 nov 2026 10:00:00 GMT", "Mon, 23 Nov 2026 25:00:00 GMT"}) {
    EXPECT_FALSE(parse_http_date(text)) << text;
  }
}

/// A small t is as good as the T of the form that is read in one go.
TEST(Instant, TheCommonFormIsReadLikeAnyOther) {
  std::mt19937_64 random(7);
  constexpr std::string_view kSpice = "0123456789999911-:T. /Z";
  for (int round = 0; round < 50'000; ++round) {
    std::string text = to_iso8601(at_ms(static_cast<std::int64_t>(random() % 253'402'300'800'000)));
    for (std::size_t changes = random() % 4; changes > 0; --changes)
      text[random() % text.size()] = kSpice[random() % kSpice.size()];
    if (random() % 4 == 0) text.erase(19, 4);
    if (text[10] != 'T') continue;
    std::string other = text;
    other[10] = 't';
    ASSERT_EQ(parse_iso8601(text), parse_iso8601(other)) << text;
  }
}

}  // namespace
}  // namespace payferry
