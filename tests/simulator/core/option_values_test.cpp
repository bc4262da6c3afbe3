#include "bench/simulator/core/option_values.hpp"

#include <gtest/gtest.h>

namespace payferry::simulator {
namespace {

using namespace std::chrono_literals;

TEST(ParsePercent, TakesOnlyPercentagesFromNothingToAll) {
  EXPECT_EQ(parse_percent("5%"), 0.05);
  EXPECT_EQ(parse_percent("0.5%"), 0.005);
  EXPECT_EQ(parse_percent("100%"), 1.0);
  for (const char* wrong : {"5", "%", "101%", "-1%", "x%", "nan%", ""}) {
    EXPECT_EQ(parse_percent(wrong), std::nullopt) << wrong;
  }
}

TEST(ParseDuration, TakesAWholeNumberWithItsUnit) {
  EXPECT_EQ(parse_duration("800ms"), 800ms);
  EXPECT_EQ(parse_duration("10s"), 10s);
  EXPECT_EQ(parse_duration("5min"), 5min);
  EXPECT_EQ(parse_duration("1h"), 1h);
  for (const char* wrong : {"5", "ms", "-1s", "1.5s", "1 s", "1d", "", "99999999999s"}) {
    EXPECT_EQ(parse_duration(wrong), std::nullopt) << wrong;
  }
}

}  // namespace
}  // namespace payferry::simulator
