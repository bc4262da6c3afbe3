#include "loader/report/plot_frame.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace payferry {
namespace {

using testing::HasSubstr;

TEST(PlotFrame, CoordinatesAreShort) {
  EXPECT_EQ(coordinate(12), "12");
  EXPECT_EQ(coordinate(12.34), "12.3");
  EXPECT_EQ(coordinate(-0.01), "0");
}

TEST(PlotFrame, AxesEndAtRoundNumbers) {
  EXPECT_EQ(round_up(0), 1);
  EXPECT_EQ(round_up(1), 1);
  EXPECT_EQ(round_up(1.01), 2);
  EXPECT_EQ(round_up(194), 200);
  EXPECT_EQ(round_up(2001), 2500);
  EXPECT_EQ(round_up(0.03), 0.05);
  EXPECT_EQ(round_up(51), 100);
}

TEST(PlotFrame, NumbersOfAnAxisAreRead) {
  EXPECT_EQ(axis_number(2500), "2,500");
  EXPECT_EQ(axis_number(2.5), "2.5");
  EXPECT_EQ(axis_number(12.5), "13");
  EXPECT_EQ(axis_number(0), "0");
}

TEST(PlotFrame, TextsAreEscaped) {
  PlotFrame frame;
  frame.description = "a \"plot\"";
  frame.below.push_back({0.5, "<now>"});
  const std::string html = plot_html(frame);
  EXPECT_THAT(html, HasSubstr("aria-label=\"a &quot;plot&quot;\""));
  EXPECT_THAT(html, HasSubstr("<span style=\"left:50%\">&lt;now&gt;</span>"));
}

}  // namespace
}  // namespace payferry
