#include "bench/simulator/core/rolling_window.hpp"

#include <gtest/gtest.h>

namespace payferry::simulator {
namespace {

using namespace std::chrono_literals;

TEST(RollingWindow, AMomentCountsUntilJustBeforeItIsAsOldAsTheWindow) {
  RollingWindow window(10s);
  window.add(Instant(1s));
  EXPECT_EQ(window.count(Instant(10'999ms)), 1U);
  EXPECT_EQ(window.count(Instant(11s)), 0U);
}

TEST(RollingWindow, EachMomentLeavesByItself) {
  RollingWindow window(10s);
  window.add(Instant(0s));
  window.add(Instant(4s));
  window.add(Instant(4s));
  EXPECT_EQ(window.count(Instant(9s)), 3U);
  EXPECT_EQ(window.next_free(Instant(9s)), Instant(10s));
  EXPECT_EQ(window.count(Instant(10s)), 2U);
  EXPECT_EQ(window.next_free(Instant(10s)), Instant(14s));
}

TEST(RollingWindow, WhatArrivedEarlierMayBeToldLater) {
  RollingWindow window(10s);
  window.add(Instant(2s));
  window.add(Instant(12s));
  window.add(Instant(11s));
  EXPECT_EQ(window.count(Instant(11s)), 2U);
  EXPECT_EQ(window.next_free(Instant(11s)), Instant(12s));
  EXPECT_EQ(window.count(Instant(12s)), 2U);
  EXPECT_EQ(window.next_free(Instant(12s)), Instant(21s));
}

}  // namespace
}  // namespace payferry::simulator
