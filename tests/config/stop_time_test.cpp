#include "config/stop_time.hpp"

#include <date/tz.h>
#include <gtest/gtest.h>

namespace payferry {
namespace {

using namespace std::chrono_literals;

Instant at(const char* text) {
  return *parse_iso8601(text);
}

std::string resolved(const char* text, const char* now, const char* zone) {
  const auto located = [zone]() -> const date::time_zone& { return *date::locate_zone(zone); };
  return to_iso8601(resolve(*parse_stop_time(text), at(now), located));
}

TEST(StopTime, ReadsATimeOfDayOrADuration) {
  EXPECT_EQ(parse_stop_time("06:30"), StopTime(ClockTime{390min}));
  EXPECT_EQ(parse_stop_time("6:30"), StopTime(ClockTime{390min}));
  EXPECT_EQ(parse_stop_time("00:00"), StopTime(ClockTime{0min}));
  EXPECT_EQ(parse_stop_time("2h"), StopTime(std::chrono::milliseconds(2h)));
}

TEST(StopTime, RefusesWhatIsNeither) {
  for (const char* text :
       {"", "24:00", "12:60", "12", ":30", "6:5", "0s", "-1h", "06:30:00", "soon"}) {
    EXPECT_FALSE(parse_stop_time(text).has_value()) << text;
  }
}

TEST(StopTime, ADurationCountsFromNow) {
  EXPECT_EQ(resolved("90m", "2026-11-23T10:00:00Z", "UTC"), "2026-11-23T11:30:00.000Z");
}

TEST(StopTime, ATimeOfDayIsTheNextOneInTheZone) {
  EXPECT_EQ(resolved("06:30", "2026-11-23T10:00:00Z", "UTC"), "2026-11-24T06:30:00.000Z");
  EXPECT_EQ(resolved("06:30", "2026-11-23T05:00:00Z", "UTC"), "2026-11-23T06:30:00.000Z");
  EXPECT_EQ(resolved("06:30", "2026-11-23T06:30:00Z", "UTC"), "2026-11-24T06:30:00.000Z");
  EXPECT_EQ(resolved("06:30", "2026-11-23T04:00:00Z", "Europe/Berlin"), "2026-11-23T05:30:00.000Z");
  EXPECT_EQ(resolved("06:30", "2026-11-23T23:30:00Z", "Europe/Berlin"), "2026-11-24T05:30:00.000Z");
}

TEST(StopTime, ATimeThatTheClockSkipsOrRepeatsIsTheEarlierOne) {
  EXPECT_EQ(resolved("02:30", "2026-03-29T00:00:00Z", "Europe/Berlin"), "2026-03-29T01:00:00.000Z");
  EXPECT_EQ(resolved("02:30", "2026-10-24T23:00:00Z", "Europe/Berlin"), "2026-10-25T00:30:00.000Z");
}

}  // namespace
}  // namespace payferry
