#include "model/value_converter.hpp"

#include <date/tz.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/sample_mapping.hpp"

namespace payferry {
namespace {

using test::from;
using test::value_of;
using testing::StartsWith;

PropertyRule in_zone(ValueType type, const char* zone, const char* format) {
  PropertyRule rule = from("p", "C", type);
  rule.time_zone.table = date::locate_zone(zone);
  rule.format = format;
  return rule;
}

TEST(DatetimeConverter, RefusesATimeThatTheZonesClocksSkipped) {
  constexpr const char* kSkipped =
      " is a time that its time zone's clocks skipped; correct it, or the property's timezone";
  const PropertyRule pattern = in_zone(ValueType::datetime, "Europe/London", "%Y-%m-%d %H:%M:%S");
  EXPECT_EQ(value_of(pattern, "2024-03-31 01:30:00"),
            std::string("INVALID_DATETIME: \"2024-03-31 01:30:00\"") + kSkipped);
  EXPECT_EQ(value_of(pattern, "2024-03-31 02:30:00"), "2024-03-31T01:30:00.000Z");
  const PropertyRule iso = in_zone(ValueType::datetime, "America/New_York", "iso8601");
  for (const char* text : {"2024-03-10T02:30:00", "2024-03-10 02:30:00.5", "2024-03-10T02:30"}) {
    EXPECT_EQ(value_of(iso, text), "INVALID_DATETIME: \"" + std::string(text) + '"' + kSkipped);
  }
  EXPECT_EQ(value_of(iso, "2024-03-10T02:30:00Z"), "2024-03-10T02:30:00.000Z");
  EXPECT_EQ(value_of(iso, "2024-03-10T02:30:00-05:00"), "2024-03-10T07:30:00.000Z");
  const PropertyRule abbreviated =
      in_zone(ValueType::datetime, "America/New_York", "%Y-%m-%d %H:%M:%S %Z");
  EXPECT_THAT(value_of(abbreviated, "2024-03-10 02:30:00 EST"), StartsWith("INVALID_DATETIME"));
}

TEST(DatetimeConverter, OfADayAloneIsItsFirstMoment) {
  const PropertyRule cairo = in_zone(ValueType::datetime, "Africa/Cairo", "iso8601");
  EXPECT_EQ(value_of(cairo, "2024-04-25"), "2024-04-24T22:00:00.000Z");
  EXPECT_EQ(value_of(cairo, "2024-04-26"), "2024-04-25T22:00:00.000Z");
  EXPECT_THAT(value_of(cairo, "2024-04-26T00:00:00"), StartsWith("INVALID_DATETIME"));
  const PropertyRule pattern = in_zone(ValueType::datetime, "Africa/Cairo", "%d/%m/%Y");
  EXPECT_EQ(value_of(pattern, "26/04/2024"), "2024-04-25T22:00:00.000Z");
  const PropertyRule hours = in_zone(ValueType::datetime, "Africa/Cairo", "%d/%m/%Y %I %p");
  EXPECT_THAT(value_of(hours, "26/04/2024 12 AM"), StartsWith("INVALID_DATETIME"));
  const PropertyRule apia = in_zone(ValueType::datetime, "Pacific/Apia", "iso8601");
  EXPECT_THAT(value_of(apia, "2011-12-30"), StartsWith("INVALID_DATETIME"));
}

TEST(DateConverter, IsRefusedOnlyWhereTheZonesClocksSkippedAllOfTheDay) {
  const PropertyRule apia = in_zone(ValueType::date, "Pacific/Apia", "iso8601");
  for (const char* text : {"2011-12-30", "2011-12-30T10:00:00"}) {
    EXPECT_EQ(value_of(apia, text), "INVALID_DATE: \"" + std::string(text) +
                                        "\" is a day that its time zone's clocks skipped; correct "
                                        "it, or the property's timezone");
  }
  EXPECT_EQ(value_of(apia, "2011-12-30T10:00:00Z"), "2011-12-30");
  const PropertyRule cairo = in_zone(ValueType::date, "Africa/Cairo", "iso8601");
  EXPECT_EQ(value_of(cairo, "2024-04-26"), "2024-04-26");
  EXPECT_EQ(value_of(cairo, "2024-04-26T00:30:00"), "2024-04-26");
}

}  // namespace
}  // namespace payferry
