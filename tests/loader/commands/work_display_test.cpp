#include "loader/commands/work_display.hpp"

#include <gtest/gtest.h>

namespace payferry {
namespace {

WorkFacts half_way() {
  WorkFacts facts;
  facts.what = "archived";
  facts.done = 6'000;
  facts.of = 12'000;
  facts.rate = 1'880.4;
  facts.in_flight = 12;
  return facts;
}

TEST(WorkLine, SaysHowFarItIsAndHowFast) {
  EXPECT_EQ(work_line(half_way(), 79),
            "6,000 of 12,000 records archived (50%), 1,880/s, 12 in flight");
}

TEST(WorkLine, WithoutATotalItCounts) {
  WorkFacts facts = half_way();
  facts.of = 0;
  EXPECT_EQ(work_line(facts, 79), "6,000 records archived, 1,880/s, 12 in flight");
}

TEST(WorkLine, OneRecordIsSingular) {
  WorkFacts facts = half_way();
  facts.done = facts.of = 1;
  EXPECT_EQ(work_line(facts, 35), "1 of 1 record archived (100%)");
  facts.of = 0;
  EXPECT_EQ(work_line(facts, 25), "1 record archived");
}

TEST(WorkLine, WhatIsToBeLookedAtAndTroubleComeFirst) {
  WorkFacts facts = half_way();
  facts.found = 3;
  facts.waiting_for_hubspot = true;
  facts.stopping = true;
  EXPECT_EQ(work_line(facts, 200),
            "6,000 of 12,000 records archived (50%), stopping, HubSpot fails, trying again, 3 to "
            "look at, 1,880/s, 12 in flight");
}

TEST(WorkLine, WhatDoesNotFitIsLeftOut) {
  EXPECT_EQ(work_line(half_way(), 50), "6,000 of 12,000 records archived (50%), 1,880/s");
}

}  // namespace
}  // namespace payferry
