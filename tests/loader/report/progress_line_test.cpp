#include "loader/report/progress_line.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace payferry {
namespace {

ProgressFacts busy_facts() {
  ProgressFacts facts;
  facts.settled = 1'234'567;
  facts.refused = 1'001;
  facts.retries = 12;
  facts.throttled = 3;
  facts.rate_now = 1899.6;
  facts.rate_mean = 1750.4;
  facts.share_read = 0.425;
  facts.quota_share = 0.999;
  facts.in_flight = 16;
  facts.time_left = std::chrono::seconds(200);
  facts.waiting_for_hubspot = true;
  facts.stopping = true;
  return facts;
}

TEST(ProgressLine, HasAllPartsWhereThereIsRoom) {
  EXPECT_EQ(progress_line(busy_facts(), 300),
            "1,234,567 records (42%), stopping, HubSpot fails, trying again, 1,900/s, "
            "3m 20s left, quota 99%, 16 in flight, 1,001 refused, 12 retries, 3 throttled, "
            "mean 1,750/s");
}

TEST(ProgressLine, SaysNothingOfWhatThereIsNot) {
  EXPECT_EQ(progress_line(ProgressFacts(), 300), "0 records, 0/s, quota 0%, 0 in flight, mean 0/s");
}

TEST(ProgressLine, OneRecordAndRetryAreSingular) {
  ProgressFacts facts;
  facts.settled = facts.retries = 1;
  EXPECT_EQ(progress_line(facts, 300), "1 record, 0/s, quota 0%, 0 in flight, 1 retry, mean 0/s");
}

// A request that was cut may run on for minutes; it must not look as if the program had hung.
TEST(ProgressLine, SaysThatItWaits) {
  ProgressFacts facts;
  facts.settled = 2'990;
  facts.time_left = std::chrono::seconds(0);
  facts.waiting_to_ask = true;
  EXPECT_EQ(progress_line(facts, 79),
            "2,990 records, waiting before HubSpot is asked again, 0/s, quota 0%");
  facts.waiting_for_keys = true;
  EXPECT_EQ(progress_line(facts, 79),
            "2,990 records, waiting until an unanswered request must be over, 0/s, quota 0%");
}

// --wait sleeps for most of a day, and what is left cannot be told from the rate until then.
TEST(ProgressLine, SaysThatItWaitsForTheNextDaysRequests) {
  ProgressFacts facts;
  facts.settled = 9'800;
  facts.share_read = 0.64;
  facts.time_left = std::chrono::seconds(20'000);
  facts.waits_for_day =
      Instant(std::chrono::sys_days(std::chrono::year(2026) / 11 / 30)) + std::chrono::seconds(2);
  EXPECT_EQ(progress_line(facts, 79),
            "9,800 records (64%), day's requests used, waits until 2026-11-30 00:00 UTC, 0/s");
}

TEST(ProgressLine, IsNeverWiderThanTheTerminal) {
  for (const ProgressFacts& facts : {busy_facts(), ProgressFacts()}) {
    for (std::size_t width = 1; width <= 120; ++width)
      EXPECT_LE(progress_line(facts, width).size(), width);
  }
}

TEST(ProgressLine, LeavesOutWholePartsFromTheEnd) {
  const std::string full = progress_line(busy_facts(), 300);
  for (std::size_t width = 1; width <= full.size(); ++width) {
    const std::string line = progress_line(busy_facts(), width);
    ASSERT_TRUE(full.starts_with(line)) << line;
    const std::string left_out = full.substr(line.size());
    ASSERT_TRUE(left_out.empty() || line.empty() || left_out.starts_with(", ")) << line;
    // No part was left out that had room.
    const auto end_of_next = full.find(", ", line.size() + (line.empty() ? 0 : 2));
    if (!left_out.empty() && !line.ends_with("stopping")) {
      ASSERT_GT(std::min(end_of_next, full.size()), width) << line;
    }
  }
}

TEST(ProgressLine, FillsItsWidthExactlyWhereThePartsDo) {
  EXPECT_EQ(progress_line(ProgressFacts(), 9), "0 records");
  EXPECT_EQ(progress_line(ProgressFacts(), 8), "");
  EXPECT_EQ(progress_line(ProgressFacts(), 14), "0 records, 0/s");
  EXPECT_EQ(progress_line(ProgressFacts(), 13), "0 records");
}

TEST(ProgressLine, APercentageIsFullOnlyAtTheEnd) {
  ProgressFacts facts;
  facts.share_read = 0.99999;
  EXPECT_EQ(progress_line(facts, 16), "0 records (99%)");
  facts.share_read = 1;
  EXPECT_EQ(progress_line(facts, 16), "0 records (100%)");
}

TEST(ShortDuration, HasTheTwoLargestUnits) {
  using std::chrono::seconds;
  EXPECT_EQ(short_duration(seconds(0)), "0s");
  EXPECT_EQ(short_duration(seconds(59)), "59s");
  EXPECT_EQ(short_duration(seconds(60)), "1m 00s");
  EXPECT_EQ(short_duration(seconds(200)), "3m 20s");
  EXPECT_EQ(short_duration(seconds(3599)), "59m 59s");
  EXPECT_EQ(short_duration(seconds(3600)), "1h 00m");
  EXPECT_EQ(short_duration(seconds(7500)), "2h 05m");
  EXPECT_EQ(short_duration(seconds(360'000)), "100h 00m");
}

}  // namespace
}  // namespace payferry
