#include "loader/source/source_break.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace payferry {
namespace {

using testing::EndsWith;
using testing::StartsWith;

TEST(SourceBreak, IsToldBehindWhatBrokeBefore) {
  EXPECT_EQ(told("", {}), "");
  EXPECT_EQ(told("a broke", {}), "a broke");
  const std::vector<SourceBreak> breaks = {{{}, "b broke"}, {{}, "c broke"}};
  EXPECT_EQ(told("", breaks), "b broke. c broke");
  EXPECT_EQ(told("a broke", breaks), "a broke. b broke. c broke");
}

TEST(SourceBreak, OfVeryManyOnlyTheFirstAreTold) {
  const std::vector<SourceBreak> breaks(1000, {{}, "one of a thousand files broke"});
  const std::string text = told("", breaks);
  EXPECT_LT(text.size(), 5000U);
  EXPECT_THAT(text, StartsWith("one of a thousand files broke. one "));
  EXPECT_THAT(text, EndsWith(". More of the input is broken"));
  EXPECT_EQ(told(text, breaks), text);
}

}  // namespace
}  // namespace payferry
