#include "bench/limits/limits.hpp"

#include <gtest/gtest.h>

namespace payferry::bench {
namespace {

TEST(Limits, AreMeasuredEach) {
  const Section section = measure_limits(1);
  EXPECT_EQ(section.subjects.size(), 3U);
  for (const Subject& subject : section.subjects)
    EXPECT_GT(subject.at("speed").median(), 1) << subject.name;
}

}  // namespace
}  // namespace payferry::bench
