#include "loader/report/activity.hpp"

#include <gtest/gtest.h>

#include "loader/report/sample_run.hpp"

namespace payferry {
namespace {

using test::second;
using namespace std::chrono_literals;

std::uint64_t settled(const Timeline& timeline) {
  std::uint64_t sum = 0;
  for (const Stretch& stretch : timeline.stretches)
    for (const ActivityBin& bin : stretch.bins) sum += bin.settled();
  return sum;
}

TEST(Activity, StaysBoundedAndLosesNothing) {
  Activity activity(100);
  for (int i = 0; i < 50'000; ++i) ++activity.at(second(i)).of(OutcomeStatus::created);
  EXPECT_LE(activity.bins().size(), 100U);
  std::uint64_t sum = 0;
  for (const auto& [index, bin] : activity.bins()) sum += bin.settled();
  EXPECT_EQ(sum, 50'000U);
}

TEST(Activity, TakesMomentsInAnyOrder) {
  Activity activity(10);
  for (const int at : {900, 3, 500, 3, -20}) ++activity.at(second(at)).requests;
  std::uint64_t sum = 0;
  for (const auto& [index, bin] : activity.bins()) sum += bin.requests;
  EXPECT_EQ(sum, 5U);
}

TEST(Activity, BinsHoldWhatFallsIntoThem) {
  Activity activity(10);
  ++activity.at(second(1)).requests;
  ++activity.at(second(1) + 124ms).requests;
  ++activity.at(second(1) + 125ms).requests;
  ASSERT_EQ(activity.bins().size(), 2U);
  EXPECT_EQ(activity.start_of(activity.bins().begin()->first), second(1));
  EXPECT_EQ(activity.bins().begin()->second.requests, 2U);
}

TEST(Timeline, OfNothingIsEmpty) {
  EXPECT_TRUE(lay_out(Activity(10), {}, 10).stretches.empty());
}

TEST(Timeline, QuietTimesOfOneProcessAreShown) {
  Activity activity(100);
  ++activity.at(second(0)).of(OutcomeStatus::created);
  ++activity.at(second(10)).of(OutcomeStatus::created);
  const std::vector<Instant> starts{second(0)};
  const Timeline timeline = lay_out(activity, starts, 100);
  ASSERT_EQ(timeline.stretches.size(), 1U);
  EXPECT_EQ(timeline.width, 125ms);
  EXPECT_EQ(timeline.stretches[0].bins.size(), 81U);
}

TEST(Timeline, TheTimeUntilTheNextProcessIsLeftOut) {
  Activity activity(100);
  ++activity.at(second(0)).of(OutcomeStatus::created);
  ++activity.at(second(90'002)).of(OutcomeStatus::created);
  const std::vector<Instant> starts{second(0), second(80'000), second(90'000)};
  const Timeline timeline = lay_out(activity, starts, 100);
  ASSERT_EQ(timeline.stretches.size(), 2U);
  EXPECT_EQ(timeline.width, 125ms);
  EXPECT_EQ(timeline.stretches[1].begin, second(90'000));
  EXPECT_EQ(settled(timeline), 2U);
}

TEST(Timeline, ALongQuietTimeMakesItsBinsWider) {
  Activity activity(100);
  for (const int at : {0, 1, 3600}) ++activity.at(second(at)).of(OutcomeStatus::created);
  const Timeline timeline = lay_out(activity, {}, 100);
  EXPECT_LE(timeline.bins(), 100U);
  EXPECT_GT(timeline.bins(), 40U);
  EXPECT_EQ(settled(timeline), 3U);
}

}  // namespace
}  // namespace payferry
