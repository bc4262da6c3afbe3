#include "model/zone_offsets.hpp"

#include <date/tz.h>
#include <gtest/gtest.h>

#include <random>

namespace payferry {
namespace {

using std::chrono::seconds;

WallTime wall(std::string_view text) {
  return parse_iso8601_written(text).value().wall;
}

/// The moment that a wall time is taken for.
std::string taken_as(const ZoneOffsets& zone, std::string_view text) {
  const auto offset = zone.offset_at(wall(text));
  return offset ? to_iso8601(*to_instant(wall(text), *offset)) : "skipped";
}

ZoneOffsets zone_of(const char* name) {
  return ZoneOffsets(TimeZone{date::locate_zone(name), {}});
}

ZoneOffsets zone_of(const char* name, const char* rules) {
  return ZoneOffsets(TimeZone{date::locate_zone(name), ZoneRules::parse(rules).value()});
}

TEST(ZoneOffsets, AreNoneOfUtc) {
  EXPECT_EQ(ZoneOffsets().offset_at(wall("2024-07-01")), seconds(0));
  EXPECT_EQ(zone_of("UTC").offset_at(wall("0001-01-01")), seconds(0));
}

TEST(ZoneOffsets, AreNotKnownOfATimeThatLondonsClocksSkip) {
  const ZoneOffsets london = zone_of("Europe/London");
  EXPECT_EQ(taken_as(london, "2024-03-31T00:59:59.999"), "2024-03-31T00:59:59.999Z");
  EXPECT_EQ(taken_as(london, "2024-03-31T01:00:00"), "skipped");
  EXPECT_EQ(taken_as(london, "2024-03-31T01:30:00"), "skipped");
  EXPECT_EQ(taken_as(london, "2024-03-31T01:59:59.999"), "skipped");
  EXPECT_EQ(taken_as(london, "2024-03-31T02:00:00"), "2024-03-31T01:00:00.000Z");
  EXPECT_EQ(taken_as(london, "2024-03-31T02:30:00"), "2024-03-31T01:30:00.000Z");
}

TEST(ZoneOffsets, AreNotKnownOfTheDayThatSamoaSkipped) {
  const ZoneOffsets apia = zone_of("Pacific/Apia");
  EXPECT_EQ(taken_as(apia, "2011-12-29T23:59:59"), "2011-12-30T09:59:59.000Z");
  EXPECT_EQ(taken_as(apia, "2011-12-30T00:00:00"), "skipped");
  EXPECT_EQ(taken_as(apia, "2011-12-30T23:59:59"), "skipped");
  EXPECT_EQ(taken_as(apia, "2011-12-31T00:00:00"), "2011-12-30T10:00:00.000Z");
}

TEST(ZoneOffsets, KnowWithWhichTimeADayBegan) {
  const auto day = [](int year, unsigned month, unsigned day_of_month) {
    return std::chrono::local_days(std::chrono::year(year) / static_cast<int>(month) /
                                   static_cast<int>(day_of_month));
  };
  const ZoneOffsets cairo = zone_of("Africa/Cairo");
  EXPECT_EQ(cairo.first_time_of(day(2024, 4, 25)), wall("2024-04-25T00:00:00"));
  EXPECT_EQ(cairo.first_time_of(day(2024, 4, 26)), wall("2024-04-26T01:00:00"));
  const ZoneOffsets apia = zone_of("Pacific/Apia");
  EXPECT_EQ(apia.first_time_of(day(2011, 12, 29)), wall("2011-12-29T00:00:00"));
  EXPECT_EQ(apia.first_time_of(day(2011, 12, 30)), std::nullopt);
  EXPECT_EQ(apia.first_time_of(day(2011, 12, 31)), wall("2011-12-31T00:00:00"));
}

TEST(ZoneOffsets, TakeATimeThatLondonsClocksShowTwiceForTheFirst) {
  const ZoneOffsets london = zone_of("Europe/London");
  EXPECT_EQ(taken_as(london, "2024-10-27T00:59:59"), "2024-10-26T23:59:59.000Z");
  EXPECT_EQ(taken_as(london, "2024-10-27T01:00:00"), "2024-10-27T00:00:00.000Z");
  EXPECT_EQ(taken_as(london, "2024-10-27T01:59:59"), "2024-10-27T00:59:59.000Z");
  EXPECT_EQ(taken_as(london, "2024-10-27T02:00:00"), "2024-10-27T02:00:00.000Z");
}

TEST(ZoneOffsets, DoTheSameInNewYork) {
  const ZoneOffsets new_york = zone_of("America/New_York");
  EXPECT_EQ(taken_as(new_york, "2024-03-10T01:59:59"), "2024-03-10T06:59:59.000Z");
  EXPECT_EQ(taken_as(new_york, "2024-03-10T02:30:00"), "skipped");
  EXPECT_EQ(taken_as(new_york, "2024-03-10T03:30:00"), "2024-03-10T07:30:00.000Z");
  EXPECT_EQ(taken_as(new_york, "2024-11-03T01:30:00"), "2024-11-03T05:30:00.000Z");
  EXPECT_EQ(taken_as(new_york, "2024-11-03T02:00:00"), "2024-11-03T07:00:00.000Z");
}

TEST(ZoneOffsets, AreToldApartByTheAbbreviation) {
  const ZoneOffsets new_york = zone_of("America/New_York");
  EXPECT_EQ(new_york.offset_at(wall("2024-11-03T01:30:00"), "EDT"), seconds(-4 * 3600));
  EXPECT_EQ(new_york.offset_at(wall("2024-11-03T01:30:00"), "EST"), seconds(-5 * 3600));
  EXPECT_EQ(new_york.offset_at(wall("2024-07-01T12:00:00"), "EDT"), seconds(-4 * 3600));
  EXPECT_FALSE(new_york.offset_at(wall("2024-07-01T12:00:00"), "EST"));
  EXPECT_FALSE(new_york.offset_at(wall("2024-07-01T12:00:00"), "CET"));
  EXPECT_FALSE(new_york.offset_at(wall("2024-03-10T02:30:00"), "EDT"));
  EXPECT_EQ(zone_of("Europe/Moscow").offset_at(wall("2012-01-01"), "MSK"), seconds(4 * 3600));
}

TEST(ZoneOffsets, HoldBeforeTheFirstAndBehindTheLastChange) {
  const ZoneOffsets london = zone_of("Europe/London");
  EXPECT_EQ(london.offset_at(wall("0001-01-01")), seconds(-75));
  EXPECT_EQ(london.offset_at(wall("9999-12-31T23:59:59")), seconds(0));
}

TEST(ZoneOffsets, FollowTheRulesBehindTheTable) {
  const ZoneOffsets london = zone_of("Europe/London", "GMT0BST,M3.5.0/1,M10.5.0");
  EXPECT_EQ(taken_as(london, "2037-10-25T01:30:00"), "2037-10-25T00:30:00.000Z");
  EXPECT_EQ(taken_as(london, "2037-12-01T12:00:00"), "2037-12-01T12:00:00.000Z");
  EXPECT_EQ(taken_as(london, "2038-03-28T01:30:00"), "skipped");
  EXPECT_EQ(taken_as(london, "2038-07-01T12:00:00"), "2038-07-01T11:00:00.000Z");
  EXPECT_EQ(taken_as(london, "2038-10-31T01:30:00"), "2038-10-31T00:30:00.000Z");
  EXPECT_EQ(london.offset_at(wall("2038-10-31T01:30:00"), "GMT"), seconds(0));
  EXPECT_EQ(taken_as(london, "2038-12-01T12:00:00"), "2038-12-01T12:00:00.000Z");
  EXPECT_EQ(taken_as(london, "1995-07-01T12:00:00"), "1995-07-01T11:00:00.000Z");
}

TEST(ZoneOffsets, FollowTheRulesForEver) {
  const ZoneOffsets sydney = zone_of("Australia/Sydney", "AEST-10AEDT,M10.1.0,M4.1.0/3");
  for (int of = 2038; of <= 9998; ++of) {
    const auto new_year = std::chrono::local_days(std::chrono::year(of) / 1 / 1);
    ASSERT_EQ(sydney.offset_at(new_year - seconds(1)), seconds(11 * 3600)) << of;
    ASSERT_EQ(sydney.offset_at(new_year), seconds(11 * 3600)) << of;
    const auto change =
        std::chrono::local_days(std::chrono::year(of) / 10 / std::chrono::Sunday[1]);
    ASSERT_EQ(sydney.offset_at(change + seconds(7199)), seconds(10 * 3600)) << of;
    ASSERT_EQ(sydney.offset_at(change + seconds(7200)), std::nullopt) << of;
    ASSERT_EQ(sydney.offset_at(change + seconds(10'800)), seconds(11 * 3600)) << of;
    const Instant moment(change.time_since_epoch() - std::chrono::hours(8));
    ASSERT_EQ(sydney.offset_at(moment - seconds(1)), seconds(10 * 3600)) << of;
    ASSERT_EQ(sydney.offset_at(moment), seconds(11 * 3600)) << of;
  }
}

TEST(ZoneOffsets, KnowWithWhichTimeADayBeginsByTheRules) {
  const ZoneOffsets cairo = zone_of("Africa/Cairo", "EET-2EEST,M4.5.5/0,M10.5.4/24");
  const std::chrono::local_days day(std::chrono::year(2824) / 4 /
                                    std::chrono::Friday[std::chrono::last]);
  EXPECT_EQ(cairo.first_time_of(day), day + std::chrono::hours(1));
  EXPECT_EQ(cairo.first_time_of(day - std::chrono::days(1)), day - std::chrono::days(1));
}

TEST(ZoneOffsets, MayBeSummerTimeAllTheYearRound) {
  const ZoneOffsets zone = zone_of("Etc/UTC", "EST5EDT,0/0,J365/25");
  for (const char* text : {"2038-01-01T00:00:00", "2038-07-01T00:00:00", "2040-12-31T23:59:59",
                           "2041-01-01T00:00:00", "2441-01-01T00:00:00"}) {
    EXPECT_EQ(zone.offset_at(wall(text)), seconds(-4 * 3600)) << text;
  }
}

/// What the date library, which searches its zones anew each time, says.
std::optional<seconds> expected_offset(const date::time_zone& zone, WallTime wall) {
  const auto local = date::local_time<std::chrono::milliseconds>(wall.time_since_epoch());
  const date::local_info info = zone.get_info(local);
  if (info.result == date::local_info::nonexistent) return std::nullopt;
  return info.first.offset;
}

TEST(ZoneOffsets, AgreeWithTheDateLibraryFrom1900To2100) {
  std::mt19937_64 random(9);
  constexpr std::int64_t kFirst = -2'208'988'800;
  constexpr std::uint64_t kSeconds = 6'342'969'600;
  for (const char* name :
       {"Europe/London", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Asia/Tokyo",
        "America/Sao_Paulo", "Pacific/Apia", "Africa/Casablanca", "Europe/Dublin"}) {
    const date::time_zone& zone = *date::locate_zone(name);
    const ZoneOffsets offsets(TimeZone{&zone, {}});
    for (int round = 0; round < 20'000; ++round) {
      const WallTime time{seconds(kFirst + static_cast<std::int64_t>(random() % kSeconds))};
      ASSERT_EQ(offsets.offset_at(time), expected_offset(zone, time))
          << name << ' ' << time.time_since_epoch().count();
    }
  }
}

TEST(ZoneOffsets, AgreeWithTheDateLibraryAroundEveryChange) {
  for (const char* name :
       {"Europe/London", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca"}) {
    const date::time_zone& zone = *date::locate_zone(name);
    const ZoneOffsets offsets(TimeZone{&zone, {}});
    date::sys_seconds change = date::sys_days(date::year(1950) / 1 / 1);
    while ((change = zone.get_info(change).end) < date::sys_days(date::year(2037) / 1 / 1)) {
      for (int minutes = -240; minutes <= 240; minutes += 15) {
        const WallTime time(change.time_since_epoch() + std::chrono::minutes(minutes) +
                            std::chrono::hours(1));
        ASSERT_EQ(offsets.offset_at(time), expected_offset(zone, time)) << name << ' ' << minutes;
      }
    }
  }
}

TEST(ZoneOffsets, OfAMomentAgreeWithTheDateLibrary) {
  const date::time_zone& zone = *date::locate_zone("America/New_York");
  const ZoneOffsets offsets(TimeZone{&zone, {}});
  std::mt19937_64 random(2);
  for (int round = 0; round < 20'000; ++round) {
    const seconds time(static_cast<std::int64_t>(random() % 4'000'000'000) - 1'000'000'000);
    ASSERT_EQ(offsets.offset_at(Instant(time)), zone.get_info(date::sys_seconds(time)).offset);
  }
}

/// As a file that leaves to the rules what they can tell.
TEST(ZoneOffsets, ByRulesAloneAreThoseOfTheTable) {
  const date::time_zone& table = *date::locate_zone("America/New_York");
  const ZoneOffsets rules = zone_of("Etc/UTC", "EST5EDT,M3.2.0,M11.1.0");
  constexpr std::int64_t k2008 = 1'199'145'600;
  constexpr std::int64_t k2037 = 2'114'380'800;
  for (std::int64_t time = k2008; time < k2037; time += 1800) {
    const WallTime wall{seconds(time)};
    ASSERT_EQ(rules.offset_at(wall), expected_offset(table, wall)) << time;
    const date::sys_seconds moment{seconds(time)};
    ASSERT_EQ(rules.offset_at(Instant(moment)), table.get_info(moment).offset) << time;
  }
}

}  // namespace
}  // namespace payferry
