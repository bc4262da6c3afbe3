#include "net/request_window.hpp"

#include <gtest/gtest.h>

#include <array>
#include <random>

namespace payferry {
namespace {

using namespace std::chrono_literals;

SteadyPoint at(SteadyDuration time) {
  return SteadyPoint(1h + time);
}

constexpr std::array kTwoInTen{WindowRule{2, 10s}};

void send(RequestWindow& window, SteadyDuration time) {
  ASSERT_TRUE(window.reserve(at(time), kTwoInTen).granted);
  window.sent(at(time));
}

TEST(RequestWindow, HasRoomAgainWhenTheOldestSendHasLeftIt) {
  RequestWindow window;
  send(window, 0s);
  send(window, 3s);
  EXPECT_EQ(window.reserve(at(4s), kTwoInTen).again_at, at(10s));
  send(window, 10s);
  EXPECT_EQ(window.look(at(10s), kTwoInTen).again_at, at(13s));
}

TEST(RequestWindow, APromiseTakesRoomForAsLongAsItIsNotSent) {
  RequestWindow window;
  ASSERT_TRUE(window.reserve(at(0s), kTwoInTen).granted);
  ASSERT_TRUE(window.reserve(at(0s), kTwoInTen).granted);
  EXPECT_EQ(window.reserve(at(60s), kTwoInTen).again_at, SteadyPoint::max());
  window.sent(at(60s));
  EXPECT_EQ(window.reserve(at(61s), kTwoInTen).again_at, at(70s));
  window.give_back();
  EXPECT_TRUE(window.reserve(at(61s), kTwoInTen).granted);
}

TEST(RequestWindow, LookingTakesNothing) {
  RequestWindow window;
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(window.look(at(0s), kTwoInTen).granted);
  EXPECT_EQ(window.reserved(), 0u);
}

TEST(RequestWindow, AllRulesMustHold) {
  RequestWindow window;
  const std::array rules{WindowRule{2, 10s}, WindowRule{1, 1s}};
  ASSERT_TRUE(window.reserve(at(0s), rules).granted);
  window.sent(at(0s));
  EXPECT_EQ(window.reserve(at(0s), rules).again_at, at(1s));
  ASSERT_TRUE(window.reserve(at(1s), rules).granted);
  window.sent(at(1s));
  EXPECT_EQ(window.reserve(at(2s), rules).again_at, at(10s));
}

TEST(RequestWindow, CountsSendsOfAStretchOfTime) {
  RequestWindow window;
  send(window, 0s);
  send(window, 3s);
  send(window, 11s);
  EXPECT_EQ(window.sends_between(at(0s), at(11s)), 2u);
  EXPECT_EQ(window.sends_between(at(-1s), at(3s)), 2u);
  EXPECT_EQ(window.sends_between(at(3s), at(3s)), 0u);
}

TEST(RequestWindow, NeverLetsMoreThroughThanTheRuleWhateverTheOrderOfThings) {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    std::mt19937_64 random(seed);
    RequestWindow window;
    const std::array rules{WindowRule{static_cast<std::uint32_t>(1 + random() % 20), 1s}};
    std::vector<SteadyPoint> sends;
    SteadyDuration now{};
    int promised = 0;
    for (int i = 0; i < 2000; ++i) {
      now += std::chrono::milliseconds(random() % 40);
      const auto choice = random() % 4;
      if (choice < 2 && window.reserve(at(now), rules).granted) ++promised;
      if (choice == 2 && promised > 0) {
        --promised;
        window.sent(at(now));
        sends.push_back(at(now));
      }
      if (choice == 3 && promised > 0 && random() % 4 == 0) {
        --promised;
        window.give_back();
      }
    }
    const auto most = rules[0].requests;
    for (std::size_t k = most; k < sends.size(); ++k) {
      ASSERT_GE(sends[k] - sends[k - most], 1s) << "seed " << seed;
    }
  }
}

}  // namespace
}  // namespace payferry
