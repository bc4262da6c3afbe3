#include "bench/micro/micro.hpp"

#include <gtest/gtest.h>

namespace payferry::bench {
namespace {

TEST(Micro, MeasuresWhatThePatternNames) {
  const Section section = measure_micro("encoder", 2);
  ASSERT_EQ(section.subjects.size(), 1U);
  const Subject& encoder = section.subjects[0];
  EXPECT_EQ(encoder.at("a record").runs.size(), 2U);
  EXPECT_GT(encoder.at("speed").median(), 0);
  EXPECT_LT(encoder.at("allocations a record").median(), 1);
}

}  // namespace
}  // namespace payferry::bench
