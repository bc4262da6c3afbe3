#include "net/travel_guard.hpp"

#include <gtest/gtest.h>

namespace payferry {
namespace {

using namespace std::chrono_literals;

constexpr SteadyPoint kNow{1h};

TEST(TravelGuard, StartsModestlyAndCostsAShortWindowNoMoreThanHalfAPercent) {
  EXPECT_EQ(TravelGuard(10s).length(kNow), 40ms);
  EXPECT_EQ(TravelGuard(1s).length(kNow), 5ms);
}

TEST(TravelGuard, IsAsLongAsRoundTripsDiffer) {
  TravelGuard guard(10s);
  for (int i = 0; i < 30; ++i) guard.travelled(40ms + (i % 10) * 10ms);
  EXPECT_GE(guard.length(kNow), 80ms);
  EXPECT_LE(guard.length(kNow), 90ms);
}

TEST(TravelGuard, LatencyAloneDoesNotMatter) {
  TravelGuard guard(10s);
  for (int i = 0; i < 30; ++i) guard.travelled(180ms);
  EXPECT_EQ(guard.length(kNow), 40ms);
}

TEST(TravelGuard, AFewSlowHandshakesAreLostPackets) {
  TravelGuard guard(10s);
  for (int i = 0; i < 30; ++i) guard.travelled(i % 15 == 0 ? 1040ms : 40ms);
  EXPECT_EQ(guard.length(kNow), 40ms);
}

TEST(TravelGuard, ForgetsOldRoundTrips) {
  TravelGuard guard(10s);
  for (int i = 0; i < 30; ++i) guard.travelled((i % 10) * 20ms);
  for (int i = 0; i < 32; ++i) guard.travelled(40ms);
  EXPECT_EQ(guard.length(kNow), 40ms);
}

TEST(TravelGuard, ALessonDoublesItAndFades) {
  TravelGuard guard(10s);
  guard.was_too_short(kNow);
  EXPECT_EQ(guard.length(kNow), 80ms);
  guard.was_too_short(kNow);
  EXPECT_EQ(guard.length(kNow), 120ms);
  EXPECT_EQ(guard.length(kNow + 2min), 80ms);
  EXPECT_LT(guard.length(kNow + 1h), 41ms);
}

TEST(TravelGuard, IsNeverLongerThanAQuarterOfASecond) {
  TravelGuard guard(10s);
  for (int i = 0; i < 10; ++i) guard.was_too_short(kNow);
  for (int i = 0; i < 30; ++i) guard.travelled((i % 10) * 1s);
  EXPECT_EQ(guard.length(kNow), 250ms);
}

}  // namespace
}  // namespace payferry
