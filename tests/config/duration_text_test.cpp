#include "config/duration_text.hpp"

#include <gtest/gtest.h>

namespace payferry {
namespace {

using namespace std::chrono_literals;

TEST(DurationText, ReadsEveryUnit) {
  EXPECT_EQ(parse_duration("500ms"), 500ms);
  EXPECT_EQ(parse_duration("10s"), 10s);
  EXPECT_EQ(parse_duration("110s"), 110s);
  EXPECT_EQ(parse_duration("2m"), 2min);
  EXPECT_EQ(parse_duration("1h"), 1h);
  EXPECT_EQ(parse_duration("1h30m"), 90min);
  EXPECT_EQ(parse_duration("0s"), 0s);
}

TEST(DurationText, RefusesWhatIsNoDuration) {
  for (const char* text : {"", "10", "s", "10 s", "-1s", "1.5s", "1d", "10sec", "10S",
                           "99999999999s", "9000h", "4294967295h4294967295h"}) {
    EXPECT_EQ(parse_duration(text), std::nullopt) << text;
  }
}

TEST(DurationText, WritesWhatItReadsBack) {
  EXPECT_EQ(to_duration_text(110s), "110s");
  EXPECT_EQ(to_duration_text(120s), "2m");
  EXPECT_EQ(to_duration_text(1500ms), "1500ms");
  EXPECT_EQ(to_duration_text(0ms), "0s");
  for (const auto duration : {1ms, 999ms, 1000ms, 60'000ms, 3'600'000ms, 3'601'000ms}) {
    EXPECT_EQ(parse_duration(to_duration_text(duration)), duration);
  }
}

}  // namespace
}  // namespace payferry
