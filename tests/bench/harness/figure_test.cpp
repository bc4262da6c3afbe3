#include "bench/harness/figure.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace payferry::bench {
namespace {

TEST(Figure, HasTheMedianOfItsRuns) {
  EXPECT_EQ(Figure("", "", {3, 1, 2}).median(), 2);
  EXPECT_EQ(Figure("", "", {4, 1, 2, 3}).median(), 2.5);
  EXPECT_EQ(Figure("", "", {7}).median(), 7);
}

TEST(Figure, HasASpreadAroundTheMedian) {
  const Figure figure("", "", {90, 100, 130});
  EXPECT_EQ(figure.least(), 90);
  EXPECT_EQ(figure.most(), 130);
  EXPECT_DOUBLE_EQ(figure.spread(), 0.2);
  EXPECT_EQ(Figure("", "", {0, 0}).spread(), 0);
}

TEST(Subject, GathersTheRunsOfAFigure) {
  Subject subject("reader");
  subject.add("speed", "MB/s", 10);
  subject.add("a record", "ns", 5);
  subject.add("speed", "MB/s", 12);
  ASSERT_EQ(subject.figures.size(), 2U);
  EXPECT_EQ(subject.at("speed").runs, (std::vector<double>{10, 12}));
  EXPECT_THROW(subject.at("spead"), std::out_of_range);
}

}  // namespace
}  // namespace payferry::bench
