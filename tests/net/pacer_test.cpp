#include "net/pacer.hpp"

#include <gtest/gtest.h>

namespace payferry {
namespace {

using namespace std::chrono_literals;

SteadyPoint at(SteadyDuration time) {
  return SteadyPoint(1h + time);
}

constexpr WindowRule kRule{100, 10s};

int sends_until(Pacer& pacer, SteadyPoint start, SteadyPoint end) {
  int sends = 0;
  for (auto now = start; now < end; now = std::max(now, pacer.next_at(now, kRule))) {
    pacer.take(now, kRule);
    ++sends;
  }
  return sends;
}

TEST(Pacer, TheFirstWindowMayGoOutAtOnce) {
  Pacer pacer;
  for (int i = 0; i < 100; ++i) {
    EXPECT_LE(pacer.next_at(at(0s), kRule), at(0s)) << i;
    pacer.take(at(0s), kRule);
  }
}

TEST(Pacer, LaterOnlyATwentiethGoesOutAtOnceAndTheRestALittleFasterThanTheRate) {
  Pacer pacer;
  pacer.take(at(0s), kRule);
  const auto at_once = sends_until(pacer, at(20s), at(20s) + 1ns);
  EXPECT_GE(at_once, 5);
  EXPECT_LE(at_once, 7);
  const auto in_ten_seconds = sends_until(pacer, at(20s) + 1ns, at(30s));
  EXPECT_GE(in_ten_seconds, 100);
  EXPECT_LE(in_ten_seconds, 106);
}

TEST(Pacer, WhatIsGivenBackMayBeTakenAgain) {
  Pacer pacer;
  pacer.start_gently(at(0s));
  pacer.take(at(0s), kRule);
  EXPECT_GT(pacer.next_at(at(0s), kRule), at(0s));
  pacer.give_back(kRule);
  EXPECT_LE(pacer.next_at(at(0s), kRule), at(0s));
}

TEST(Pacer, AfterAPauseThereIsNoBurst) {
  Pacer pacer;
  pacer.start_gently(at(3s));
  pacer.take(at(3s), kRule);
  EXPECT_GT(pacer.next_at(at(3s), kRule), at(3s) + 90ms);
}

}  // namespace
}  // namespace payferry
