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
  return ZoneOffsets(*date::locate_zone(name));
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
    const ZoneOffsets offsets(zone);
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
    const ZoneOffsets offsets(zone);
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
  const ZoneOffsets offsets(zone);
  std::mt19937_64 random(2);
  for (int round = 0; round < 20'000; ++round) {
    const seconds time(static_cast<std::int64_t>(random() % 4'000'000'000) - 1'000'000'000);
    ASSERT_EQ(offsets.offset_at(Instant(time)), zone.get_info(date::sys_seconds(time)).offset);
  }
}

}  // namespace
}  // namespace payferry
