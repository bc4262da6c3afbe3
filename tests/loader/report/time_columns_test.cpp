#include "loader/report/time_columns.hpp"

#include <gtest/gtest.h>

#include "loader/report/sample_run.hpp"

namespace payferry {
namespace {

using test::second;
using namespace std::chrono_literals;

Timeline two_stretches() {
  Timeline timeline;
  timeline.width = 1s;
  timeline.stretches.push_back({second(0), std::vector<ActivityBin>(10)});
  timeline.stretches.push_back({second(86'400), std::vector<ActivityBin>(4)});
  return timeline;
}

TEST(TimeColumns, APauseTakesLittleRoom) {
  const Timeline timeline = two_stretches();
  const TimeColumns time(timeline);
  ASSERT_EQ(time.columns().size(), 20U);
  EXPECT_EQ(time.columns()[10].bin, nullptr);
  EXPECT_EQ(time.columns()[16].from, second(86'400));
  EXPECT_EQ(time.x(20), kPlotWidth);
  ASSERT_EQ(time.pause_labels().size(), 1U);
  EXPECT_EQ(time.pause_labels()[0].text, "paused 23h 59m");
}

TEST(TimeColumns, LabelsNameTheDayWhereItChanges) {
  const Timeline timeline = two_stretches();
  const auto labels = TimeColumns(timeline).moment_labels();
  EXPECT_EQ(labels.front().text, "10:00:00");
  EXPECT_EQ(labels.back().text, "11-24 10:00:00");
  EXPECT_EQ(TimeColumns(timeline).span_text(1), "10:00:01 to 10:00:02");
}

}  // namespace
}  // namespace payferry
