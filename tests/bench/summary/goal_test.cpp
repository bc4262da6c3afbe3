#include "bench/summary/goal.hpp"

#include <gtest/gtest.h>

namespace payferry::bench {
namespace {

TEST(Goal, IsMetUpToItsLimit) {
  Goal goal{"memory", "MiB", 64, Goal::Bound::at_most, 64};
  EXPECT_TRUE(goal.is_met());
  goal.measured = 64.1;
  EXPECT_FALSE(goal.is_met());
  goal.bound = Goal::Bound::at_least;
  EXPECT_TRUE(goal.is_met());
  goal.measured = 63.9;
  EXPECT_FALSE(goal.is_met());
}

TEST(Goal, IsToldWithItsUnit) {
  const Goal goal{"memory", "MiB", 47.25, Goal::Bound::at_most, 64};
  EXPECT_EQ(goal.limit_text(), "at most 64 MiB");
  EXPECT_EQ(goal.measured_text(), "47.2 MiB");
  EXPECT_EQ((Goal{"429", "", 0, Goal::Bound::at_least, 1}.limit_text()), "at least 1");
}

}  // namespace
}  // namespace payferry::bench
