#include "net/circuit_breaker.hpp"

#include <gtest/gtest.h>

namespace payferry {
namespace {

using namespace std::chrono_literals;

SteadyPoint at(SteadyDuration time) {
  return SteadyPoint(1h + time);
}

CircuitBreaker opened_at(SteadyPoint now) {
  CircuitBreaker breaker;
  for (int i = 0; i < 5; ++i) breaker.failed(now, false);
  return breaker;
}

TEST(CircuitBreaker, OpensAfterFailuresInARow) {
  CircuitBreaker breaker;
  for (int i = 0; i < 4; ++i) breaker.failed(at(0s), false);
  EXPECT_FALSE(breaker.is_open());
  breaker.failed(at(0s), false);
  EXPECT_TRUE(breaker.is_open());
  EXPECT_EQ(breaker.look(at(0s)).again_at, at(1s));
}

TEST(CircuitBreaker, ASuccessInBetweenStartsTheCountAnew) {
  CircuitBreaker breaker;
  for (int i = 0; i < 20; ++i) {
    breaker.failed(at(0s), false);
    if (i % 4 == 3) breaker.succeeded(false);
  }
  EXPECT_FALSE(breaker.is_open());
}

TEST(CircuitBreaker, AfterThePauseExactlyOneProbeGoes) {
  auto breaker = opened_at(at(0s));
  ASSERT_TRUE(breaker.look(at(1s)).granted);
  EXPECT_TRUE(breaker.let_through(at(1s)));
  EXPECT_EQ(breaker.look(at(1h)).again_at, SteadyPoint::max());
}

TEST(CircuitBreaker, ASuccessfulProbeClosesIt) {
  auto breaker = opened_at(at(0s));
  breaker.let_through(at(1s));
  breaker.succeeded(true);
  EXPECT_FALSE(breaker.is_open());
  EXPECT_TRUE(breaker.look(at(1s)).granted);
  EXPECT_FALSE(breaker.let_through(at(1s)));
}

TEST(CircuitBreaker, EachFailedProbeDoublesThePauseUpToAMinute) {
  auto breaker = opened_at(at(0s));
  SteadyDuration now = 0s;
  for (const SteadyDuration pause : {1s, 2s, 4s, 8s, 16s, 32s, 60s, 60s}) {
    EXPECT_EQ(breaker.look(at(now)).again_at, at(now + pause));
    now += pause;
    ASSERT_TRUE(breaker.let_through(at(now)));
    breaker.failed(at(now), true);
  }
}

TEST(CircuitBreaker, AfterItClosedTheNextOutageStartsWithAShortPause) {
  auto breaker = opened_at(at(0s));
  breaker.let_through(at(1s));
  breaker.failed(at(1s), true);
  breaker.let_through(at(3s));
  breaker.succeeded(true);
  for (int i = 0; i < 5; ++i) breaker.failed(at(10s), false);
  EXPECT_EQ(breaker.look(at(10s)).again_at, at(11s));
}

TEST(CircuitBreaker, AnswersToRequestsFromBeforeTheOutageChangeNothing) {
  auto breaker = opened_at(at(0s));
  breaker.failed(at(500ms), false);
  EXPECT_EQ(breaker.look(at(500ms)).again_at, at(1s));
  breaker.succeeded(false);
  EXPECT_TRUE(breaker.is_open());
}

TEST(CircuitBreaker, AProbeThatWasNeverSentMakesRoomForAnother) {
  auto breaker = opened_at(at(0s));
  breaker.let_through(at(1s));
  breaker.probe_given_back();
  EXPECT_TRUE(breaker.look(at(1s)).granted);
  EXPECT_TRUE(breaker.let_through(at(1s)));
}

}  // namespace
}  // namespace payferry
