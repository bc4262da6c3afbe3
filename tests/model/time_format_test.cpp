#include "model/time_format.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ctime>
#include <random>

namespace payferry {
namespace {

using testing::HasSubstr;

std::string wall_text(WallTime wall) {
  std::string text = to_iso8601(Instant(wall.time_since_epoch()));
  text.pop_back();
  return text;
}

/// The wall time that a text is read as, "no" where it is none.
std::string read(const char* format, std::string_view text) {
  const auto compiled = TimeFormat::compile(format);
  if (!compiled) return compiled.error();
  const auto written = compiled->parse(text);
  return written ? wall_text(written->wall) : "no";
}

struct Row {
  const char* format;
  const char* text;
  const char* expected;
};

TEST(TimeFormat, ReadsEachField) {
  for (const Row& row : {
           Row{"%Y-%m-%d %H:%M:%S", "2024-03-27 18:04:11", "2024-03-27T18:04:11.000"},
           Row{"%Y-%m-%d %H:%M:%S", "2024-3-7 8:4:1", "2024-03-07T08:04:01.000"},
           Row{"%d/%m/%y", "27/03/24", "2024-03-27T00:00:00.000"},
           Row{"%d/%m/%y", "27/03/69", "1969-03-27T00:00:00.000"},
           Row{"%d/%m/%y", "27/03/68", "2068-03-27T00:00:00.000"},
           Row{"%d %b %Y", "27 Mar 2024", "2024-03-27T00:00:00.000"},
           Row{"%d %b %Y", "27 MARCH 2024", "2024-03-27T00:00:00.000"},
           Row{"%B %e, %Y", "March  7, 2024", "2024-03-07T00:00:00.000"},
           Row{"%d %h %Y", "01 may 2024", "2024-05-01T00:00:00.000"},
           Row{"%a, %d %b %Y %T", "Wed, 27 Mar 2024 18:04:11", "2024-03-27T18:04:11.000"},
           Row{"%A %d.%m.%Y", "Wednesday 27.03.2024", "2024-03-27T00:00:00.000"},
           Row{"%Y-%m-%d %I:%M %p", "2024-03-27 06:04 PM", "2024-03-27T18:04:00.000"},
           Row{"%Y-%m-%d %I:%M %p", "2024-03-27 12:00 am", "2024-03-27T00:00:00.000"},
           Row{"%Y-%m-%d %I:%M%p", "2024-03-27 12:00p.m.", "2024-03-27T12:00:00.000"},
           Row{"%Y-%j", "2024-366", "2024-12-31T00:00:00.000"},
           Row{"%Y-%j", "2023-060", "2023-03-01T00:00:00.000"},
           Row{"%FT%T", "2024-03-27T18:04:11", "2024-03-27T18:04:11.000"},
           Row{"%D %R", "03/27/24 18:04", "2024-03-27T18:04:00.000"},
           Row{"%F %T.%f", "2024-03-27 18:04:11.823456", "2024-03-27T18:04:11.823"},
           Row{"%F %T,%f", "2024-03-27 18:04:11,5", "2024-03-27T18:04:11.500"},
           Row{"%Y%m%d%H%M%S", "20240327180411", "2024-03-27T18:04:11.000"},
           Row{"%F%%%H", "2024-03-27%18", "2024-03-27T18:00:00.000"},
           Row{"%F%n%T", "2024-03-27 \t18:04:11", "2024-03-27T18:04:11.000"},
           Row{"%s", "1711562651", "2024-03-27T18:04:11.000"},
           Row{"%d. %m. %Y", "27.3.2024", "2024-03-27T00:00:00.000"},
       }) {
    EXPECT_EQ(read(row.format, row.text), row.expected) << row.format << " of " << row.text;
  }
}

TEST(TimeFormat, RefusesWhatIsNotWrittenSo) {
  for (const Row& row : {
           Row{"%Y-%m-%d", "2024-03-27 ", "no"},
           Row{"%Y-%m-%d", " 2024-03-27", "no"},
           Row{"%Y-%m-%d", "24-03-27", "no"},
           Row{"%Y-%m-%d", "2024/03/27", "no"},
           Row{"%Y-%m-%d", "2024-13-01", "no"},
           Row{"%Y-%m-%d", "2024-00-01", "no"},
           Row{"%Y-%m-%d", "2023-02-29", "no"},
           Row{"%Y-%m-%d", "2024-02-30", "no"},
           Row{"%F %T", "2024-03-27 24:00:00", "no"},
           Row{"%F %T", "2024-03-27 23:60:00", "no"},
           Row{"%F %T", "2024-03-27 23:59:60", "no"},
           Row{"%F %I %p", "2024-03-27 13 PM", "no"},
           Row{"%F %I %p", "2024-03-27 0 AM", "no"},
           Row{"%F %I %p", "2024-03-27 1 XM", "no"},
           Row{"%d %b %Y", "27 Mrz 2024", "no"},
           Row{"%Y-%j", "2023-366", "no"},
           Row{"%Y-%j", "2023-0", "no"},
           Row{"%F %T.%f", "2024-03-27 18:04:11", "no"},
           Row{"%s", "", "no"},
       }) {
    EXPECT_EQ(read(row.format, row.text), row.expected) << row.format << " of " << row.text;
  }
}

TEST(TimeFormat, ReadsTheOffsetFromUtc) {
  const auto format = TimeFormat::compile("%F %T %z").value();
  const auto offset = [&format](const char* text) {
    return format.parse(text).value().utc_offset.value().count();
  };
  EXPECT_EQ(offset("2024-03-27 18:04:11 +0100"), 3600);
  EXPECT_EQ(offset("2024-03-27 18:04:11 -05:30"), -(5 * 3600 + 1800));
  EXPECT_EQ(offset("2024-03-27 18:04:11 +05"), 5 * 3600);
  EXPECT_EQ(offset("2024-03-27 18:04:11 Z"), 0);
  EXPECT_FALSE(format.parse("2024-03-27 18:04:11 0100"));
  EXPECT_FALSE(format.parse("2024-03-27 18:04:11 +1"));
  EXPECT_FALSE(format.parse("2024-03-27 18:04:11 +2500"));
  EXPECT_EQ(TimeFormat::compile("%z %F")
                .value()
                .parse("+01 2024-03-27")
                .value()
                .utc_offset.value()
                .count(),
            3600);
}

TEST(TimeFormat, KnowsWhetherItTellsATimeOfDay) {
  EXPECT_FALSE(TimeFormat::compile("%d.%m.%Y")->has_time_of_day());
  EXPECT_FALSE(TimeFormat::compile("H %Y %j")->has_time_of_day());
  EXPECT_TRUE(TimeFormat::compile("%F %R")->has_time_of_day());
  EXPECT_TRUE(TimeFormat::compile("%F %I%p")->has_time_of_day());
  EXPECT_TRUE(TimeFormat::compile("%s")->has_time_of_day());
}

TEST(TimeFormat, ReadsTheZonesAbbreviation) {
  const auto format = TimeFormat::compile("%F %T %Z").value();
  EXPECT_EQ(format.parse("2024-03-27 18:04:11 EST").value().zone_abbreviation, "EST");
  EXPECT_FALSE(format.parse("2024-03-27 18:04:11 EST").value().utc_offset);
  EXPECT_EQ(format.parse("2024-03-27 18:04:11 UTC").value().utc_offset, std::chrono::seconds(0));
  EXPECT_EQ(format.parse("2024-03-27 18:04:11 UTC").value().zone_abbreviation, "");
  EXPECT_FALSE(format.parse("2024-03-27 18:04:11 "));
}

TEST(TimeFormat, MustBeMadeOfKnownFields) {
  EXPECT_THAT(TimeFormat::compile("%Y-%m-%d %Q").error(),
              HasSubstr("has \"%Q\", which is none of the fields"));
  EXPECT_THAT(TimeFormat::compile("%Y-%m-%d %").error(), HasSubstr("has \"%\""));
}

TEST(TimeFormat, MustNameADay) {
  for (const char* format : {"", "%H:%M", "%Y-%m", "%m-%d", "%Y %d"}) {
    EXPECT_THAT(TimeFormat::compile(format).error(), HasSubstr("does not name a day")) << format;
  }
}

TEST(TimeFormat, MustTellTheHalfOfTheDay) {
  EXPECT_THAT(TimeFormat::compile("%F %I:%M").error(), HasSubstr("needs both %I and %p"));
  EXPECT_THAT(TimeFormat::compile("%F %H:%M %p").error(), HasSubstr("needs both %I and %p"));
  EXPECT_THAT(TimeFormat::compile("%F %H %I %p").error(), HasSubstr("has both %H and %I"));
}

TEST(TimeFormat, ReadsWhatStrftimeWrites) {
  std::mt19937_64 random(4);
  for (const char* format :
       {"%Y-%m-%d %H:%M:%S", "%d %B %Y %I:%M:%S %p", "%a %b %e %T %Y", "%D %T", "%Y-%j %R:%S"}) {
    const auto compiled = TimeFormat::compile(format).value();
    for (int round = 0; round < 2'000; ++round) {
      const std::time_t time = static_cast<std::time_t>(random() % 3'000'000'000);
      std::tm parts{};
      gmtime_r(&time, &parts);
      char text[80];
      const std::size_t size = std::strftime(text, sizeof text, format, &parts);
      const auto written = compiled.parse({text, size});
      ASSERT_TRUE(written) << text;
      ASSERT_EQ(written->wall, WallTime(std::chrono::seconds(time))) << text;
    }
  }
}

}  // namespace
}  // namespace payferry
