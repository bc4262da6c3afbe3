#include "loader/report/latency_histogram.hpp"

#include <gtest/gtest.h>

namespace payferry {
namespace {

using std::chrono::milliseconds;

TEST(LatencyHistogram, OfNothingHasNoPercentiles) {
  const LatencyHistogram histogram;
  EXPECT_EQ(histogram.percentile(0.5), milliseconds(0));
  EXPECT_EQ(histogram.longest(), milliseconds(0));
  EXPECT_TRUE(histogram.bars(2).empty());
}

TEST(LatencyHistogram, ShortTimesAreExact) {
  LatencyHistogram histogram;
  for (int i = 1; i <= 10; ++i) histogram.add(milliseconds(i));
  EXPECT_EQ(histogram.percentile(0.5), milliseconds(5));
  EXPECT_EQ(histogram.percentile(0.9), milliseconds(9));
  EXPECT_EQ(histogram.percentile(0.91), milliseconds(10));
  EXPECT_EQ(histogram.percentile(0), milliseconds(1));
}

TEST(LatencyHistogram, EveryTimeIsWithinThreePercent) {
  for (std::int64_t value = 1; value < 10'000'000; value += 1 + value / 7) {
    LatencyHistogram histogram;
    histogram.add(milliseconds(value));
    histogram.add(milliseconds(20'000'000));
    const auto told = histogram.percentile(0.5).count();
    EXPECT_GE(told, value);
    EXPECT_LE(told, value + value / 32 + 1);
  }
}

TEST(LatencyHistogram, NoPercentileIsAboveTheLongest) {
  LatencyHistogram histogram;
  histogram.add(milliseconds(1000));
  EXPECT_EQ(histogram.percentile(0.99), milliseconds(1000));
}

TEST(LatencyHistogram, AClockThatWasSetBackCountsAsNothing) {
  LatencyHistogram histogram;
  histogram.add(milliseconds(-5));
  EXPECT_EQ(histogram.percentile(1), milliseconds(0));
  EXPECT_EQ(histogram.count(), 1U);
}

TEST(LatencyHistogram, AgesFitIn) {
  LatencyHistogram histogram;
  histogram.add(std::chrono::hours(24 * 365 * 100));
  EXPECT_EQ(histogram.count(), 1U);
}

TEST(LatencyHistogram, BarsFollowEachOtherAndHoldAll) {
  LatencyHistogram histogram;
  for (const int value : {40, 41, 90, 700}) histogram.add(milliseconds(value));
  const auto bars = histogram.bars(4);
  ASSERT_FALSE(bars.empty());
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < bars.size(); ++i) {
    sum += bars[i].count;
    if (i == 0) continue;
    EXPECT_EQ(bars[i].from, bars[i - 1].to);
  }
  EXPECT_EQ(sum, 4U);
  EXPECT_LE(bars.front().from, milliseconds(40));
  EXPECT_GT(bars.back().to, milliseconds(700));
  EXPECT_GT(bars.front().count, 0U);
  EXPECT_GT(bars.back().count, 0U);
}

}  // namespace
}  // namespace payferry
