#include <gtest/gtest.h>

#include <algorithm>

#include "bench/scaling/scaling.hpp"

namespace payferry::bench {
namespace {

std::size_t count(const std::string& text, const std::string& word) {
  std::size_t found = 0;
  for (auto at = text.find(word); at != text.npos; at = text.find(word, at + 1)) ++found;
  return found;
}

TEST(Plot, ShowsEveryPointOfEveryCurve) {
  const std::string svg = to_svg(
      {{"records", "", {{1000, 2.5}, {2000, 2.4}}}, {"columns", "", {{10, 3}, {20, 4}, {40, 8}}}});
  EXPECT_TRUE(svg.starts_with("<svg "));
  EXPECT_TRUE(svg.ends_with("</svg>\n"));
  EXPECT_EQ(count(svg, "<circle"), 5U);
  EXPECT_EQ(count(svg, "<polyline"), 2U);
  EXPECT_EQ(count(svg, "by records"), 1U);
}

TEST(Plot, HasTheSameScaleForAllCurvesFromNothing) {
  const std::string svg = to_svg({{"a", "", {{1, 4}}}, {"b", "", {{1, 8}}}});
  // 44 pixels down is the most, 180 further is nothing.
  EXPECT_EQ(count(svg, "cy=\"134.0\""), 1U) << svg;
  EXPECT_EQ(count(svg, "cy=\"44.0\""), 1U) << svg;
}

TEST(Scaling, IsASectionToo) {
  const Section section = to_section({{"columns", "", {{10, 3}}}});
  ASSERT_EQ(section.subjects.size(), 1U);
  EXPECT_EQ(section.subjects[0].name, "10 columns");
  EXPECT_EQ(section.subjects[0].at("CPU a record").median(), 3);
}

}  // namespace
}  // namespace payferry::bench
