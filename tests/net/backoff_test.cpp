#include "net/backoff.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace payferry {
namespace {

using namespace std::chrono_literals;

std::vector<SteadyDuration> many(std::uint32_t attempt, SteadyDuration at_least = 0s) {
  RetrySettings settings;
  settings.base = 500ms;
  settings.cap = 60s;
  std::mt19937_64 random(42);
  std::vector<SteadyDuration> delays(2000);
  for (auto& delay : delays) delay = backoff(settings, attempt, at_least, random);
  return delays;
}

void expect_spread_over(const std::vector<SteadyDuration>& delays, SteadyDuration from,
                        SteadyDuration to) {
  const auto [least, most] = std::minmax_element(delays.begin(), delays.end());
  const auto tenth = (to - from) / 10;
  EXPECT_GE(*least, from);
  EXPECT_LE(*least, from + tenth);
  EXPECT_LE(*most, to);
  EXPECT_GE(*most, to - tenth);
}

TEST(Backoff, JittersOverTheWholeOfAStepThatDoubles) {
  expect_spread_over(many(1), 0s, 500ms);
  expect_spread_over(many(2), 0s, 1s);
  expect_spread_over(many(5), 0s, 8s);
}

TEST(Backoff, IsNeverLongerThanTheCap) {
  expect_spread_over(many(8), 0s, 60s);
  expect_spread_over(many(4'000'000'000), 0s, 60s);
}

TEST(Backoff, TheServersHintIsTheLeastEvenBeyondTheCap) {
  expect_spread_over(many(1, kLeastDelayAfterLocked), 2s, 2500ms);
  expect_spread_over(many(1, 24h), 24h, 24h + 500ms);
}

TEST(Backoff, TheSameSeedGivesTheSameDelays) {
  EXPECT_EQ(many(3), many(3));
}

}  // namespace
}  // namespace payferry
