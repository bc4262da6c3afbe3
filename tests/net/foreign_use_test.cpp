#include "net/foreign_use.hpp"

#include <gtest/gtest.h>

#include "net/request_window.hpp"

namespace payferry {
namespace {

using namespace std::chrono_literals;

constexpr WindowRule kRule{100, 10s};

class ForeignUseTest : public testing::Test {
 protected:
  void send(SteadyPoint at) {
    ASSERT_TRUE(own_.reserve(at, {&kRule, 1}).granted);
    own_.sent(at);
  }

  void read(SteadyPoint sent, std::uint32_t used, bool refused = false) {
    use_.observe(WindowReading{sent, sent + 100ms, used, kRule, 40ms, refused}, own_);
  }

  RequestWindow own_;
  ForeignUse use_;
};

TEST_F(ForeignUseTest, WithoutAReadingThereIsNobody) {
  EXPECT_FALSE(use_.is_active(SteadyPoint(100s)));
  EXPECT_EQ(use_.expected(SteadyPoint(100s)), 0U);
}

TEST_F(ForeignUseTest, WhatWasNotSentFromHereIsSomebodyElses) {
  for (int i = 0; i < 15; ++i) send(SteadyPoint(99s));
  read(SteadyPoint(100s), 55);
  EXPECT_TRUE(use_.is_active(SteadyPoint(100s)));
  EXPECT_EQ(use_.expected(SteadyPoint(100s)), 40U);
}

TEST_F(ForeignUseTest, OwnRequestsAreNobodyElses) {
  for (int i = 0; i < 55; ++i) send(SteadyPoint(99s));
  read(SteadyPoint(100s), 55);
  EXPECT_FALSE(use_.is_active(SteadyPoint(100s)));
}

TEST_F(ForeignUseTest, OwnRequestsThatMayHaveOvertakenTheReadingAreNobodyElses) {
  send(SteadyPoint(100s));
  for (int i = 0; i < 20; ++i) send(SteadyPoint(100050ms));
  read(SteadyPoint(100s), 21);
  EXPECT_FALSE(use_.is_active(SteadyPoint(100s)));
}

TEST_F(ForeignUseTest, ALaterReadingShowsThatTheyAreGone) {
  read(SteadyPoint(100s), 40);
  read(SteadyPoint(100500ms), 0);
  EXPECT_TRUE(use_.is_active(SteadyPoint(101s))) << "they may send again at any moment";
  read(SteadyPoint(102s), 0);
  EXPECT_FALSE(use_.is_active(SteadyPoint(102s)));
}

TEST_F(ForeignUseTest, ARefusalIsSomebodyElseEvenWhereTheCountsExplainIt) {
  for (int i = 0; i < 100; ++i) send(SteadyPoint(99s));
  read(SteadyPoint(100s), 100, true);
  EXPECT_EQ(use_.expected(SteadyPoint(100s)), 1U);
}

TEST_F(ForeignUseTest, WhenNothingMoreIsHeardTheyFadeInTenWindows) {
  read(SteadyPoint(100s), 40);
  EXPECT_EQ(use_.expected(SteadyPoint(110s)), 40U);
  EXPECT_EQ(use_.expected(SteadyPoint(135s)), 30U);
  EXPECT_EQ(use_.expected(SteadyPoint(160s)), 20U);
  EXPECT_EQ(use_.expected(SteadyPoint(209s)), 0U);
  EXPECT_TRUE(use_.is_active(SteadyPoint(210s)));
  EXPECT_FALSE(use_.is_active(SteadyPoint(211s)));
}

TEST_F(ForeignUseTest, ARisingUseIsExpectedToRiseOnForAMoment) {
  read(SteadyPoint(100s), 20);
  read(SteadyPoint(101s), 40);
  EXPECT_EQ(use_.expected(SteadyPoint(101s)), 40U);
  EXPECT_EQ(use_.expected(SteadyPoint(101500ms)), 50U);
  EXPECT_EQ(use_.expected(SteadyPoint(105s)), use_.expected(SteadyPoint(103s)));
}

TEST_F(ForeignUseTest, AFallIsFollowedAtHalfItsSpeed) {
  read(SteadyPoint(100s), 40);
  read(SteadyPoint(101s), 20);
  EXPECT_EQ(use_.expected(SteadyPoint(101500ms)), 15U);
}

}  // namespace
}  // namespace payferry
