#include "net/hubspot_clock.hpp"

#include <gtest/gtest.h>

#include <random>

namespace payferry {
namespace {

using namespace std::chrono_literals;

constexpr Instant kNow{std::chrono::milliseconds(1'780'000'000'400)};

TEST(HubSpotClock, SaysNothingWithoutAnObservation) {
  const HubSpotClock clock;
  EXPECT_FALSE(clock.surely_after(kNow + 24h, kNow));
  EXPECT_FALSE(clock.surely_before(kNow - 24h, kNow));
}

TEST(HubSpotClock, ADateHeaderBoundsTheDifferenceToItsSecondAndTheRoundTrip) {
  HubSpotClock clock;
  clock.observe(kNow, kNow + 200ms, Instant(std::chrono::floor<std::chrono::seconds>(kNow)));
  EXPECT_FALSE(clock.surely_after(kNow + 590ms, kNow));
  EXPECT_TRUE(clock.surely_after(kNow + 610ms, kNow));
  EXPECT_FALSE(clock.surely_before(kNow - 590ms, kNow));
  EXPECT_TRUE(clock.surely_before(kNow - 610ms, kNow));
}

TEST(HubSpotClock, ABatchAnswerGivesTighterBounds) {
  HubSpotClock clock;
  clock.observe(kNow, kNow + 200ms, Instant(std::chrono::floor<std::chrono::seconds>(kNow)));
  clock.observe_body(kNow, kNow + 200ms, kNow + 20ms, kNow + 180ms);
  EXPECT_TRUE(clock.surely_after(kNow + 30ms, kNow));
  EXPECT_FALSE(clock.surely_after(kNow + 10ms, kNow));
  EXPECT_TRUE(clock.surely_before(kNow - 30ms, kNow));
}

TEST(HubSpotClock, AServerClockThatIsAheadOrBehindIsAllowedFor) {
  HubSpotClock ahead;
  ahead.observe_body(kNow, kNow + 100ms, kNow + 5s, kNow + 5s + 90ms);
  EXPECT_FALSE(ahead.surely_after(kNow + 4s, kNow));
  EXPECT_TRUE(ahead.surely_after(kNow + 5s + 10ms, kNow));
  HubSpotClock behind;
  behind.observe_body(kNow, kNow + 100ms, kNow - 5s, kNow - 5s + 90ms);
  EXPECT_TRUE(behind.surely_after(kNow - 4s, kNow));
}

TEST(HubSpotClock, BoundsWidenWithTheTimeThatHasPassed) {
  HubSpotClock clock;
  clock.observe_body(kNow, kNow + 10ms, kNow + 5ms, kNow + 5ms);
  EXPECT_TRUE(clock.surely_after(kNow + 1min + 100ms, kNow + 1min));
  EXPECT_FALSE(clock.surely_after(kNow + 1h + 100ms, kNow + 1h));
  EXPECT_TRUE(clock.surely_after(kNow + 1h + 4s, kNow + 1h));
}

TEST(HubSpotClock, AfterAClockWasSetTheLatestAnswerCounts) {
  HubSpotClock clock;
  clock.observe_body(kNow, kNow + 100ms, kNow + 10ms, kNow + 90ms);
  clock.observe_body(kNow + 1s, kNow + 1s + 100ms, kNow + 1h, kNow + 1h + 90ms);
  EXPECT_FALSE(clock.surely_after(kNow + 30min, kNow));
  EXPECT_TRUE(clock.surely_after(kNow + 1h + 100ms, kNow));
}

TEST(HubSpotClock, AnAnswerReceivedBeforeItWasSentIsIgnored) {
  HubSpotClock clock;
  clock.observe(kNow, kNow - 1h, Instant(std::chrono::floor<std::chrono::seconds>(kNow)));
  EXPECT_FALSE(clock.surely_after(kNow + 24h, kNow));
}

Instant rounded_down(std::chrono::sys_time<std::chrono::nanoseconds> time) {
  return std::chrono::floor<std::chrono::milliseconds>(time);
}

// The truth is known here: whatever the clock is sure of must hold.
TEST(HubSpotClock, IsNeverSureOfWhatIsNotSo) {
  int times_sure = 0;
  for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
    std::mt19937_64 random(seed);
    const auto ns = [&](std::int64_t from, std::int64_t to) {
      return std::chrono::nanoseconds(
          std::uniform_int_distribution<std::int64_t>(from, to)(random));
    };
    const auto offset = ns(-3'000'000'000, 3'000'000'000);
    const double drift = std::uniform_real_distribution(-4e-4, 4e-4)(random);
    std::chrono::sys_time<std::chrono::nanoseconds> ours = kNow + ns(0, 1'000'000'000);
    const auto start = ours;
    const auto servers = [&](auto time) {
      return time + offset +
             std::chrono::nanoseconds(
                 static_cast<std::int64_t>(drift * static_cast<double>((time - start).count())));
    };
    HubSpotClock clock;
    for (int i = 0; i < 30; ++i) {
      const auto sent = ours;
      const auto arrived = sent + ns(0, 100'000'000);
      const auto left = arrived + ns(0, 900'000'000);
      const auto received = left + ns(0, 100'000'000);
      const auto date = std::chrono::floor<std::chrono::seconds>(servers(left));
      clock.observe(rounded_down(sent), rounded_down(received), date);
      if (i % 3 == 0) {
        clock.observe_body(rounded_down(sent), rounded_down(received),
                           rounded_down(servers(arrived)), rounded_down(servers(left)));
      }
      const auto event = sent + ns(-2'000'000'000, 2'000'000'000);
      const auto said = rounded_down(servers(event));
      if (clock.surely_after(said, rounded_down(sent))) {
        ++times_sure;
        EXPECT_GE(event, sent) << "seed " << seed;
      }
      if (clock.surely_before(said, rounded_down(sent))) {
        EXPECT_LE(event, sent) << "seed " << seed;
      }
      ours = received + ns(0, 60'000'000'000);
    }
  }
  EXPECT_GT(times_sure, 10'000);
}

TEST(HubSpotClock, SaysBetweenWhichOfItsMomentsOneOfOursLies) {
  HubSpotClock clock;
  EXPECT_EQ(clock.span_at(kNow), std::nullopt);
  clock.observe(kNow, kNow, kNow + 30s);
  EXPECT_EQ(clock.span_at(kNow), (MomentSpan{kNow + 30s - 2ms, kNow + 31s + 2ms}));
  clock.observe_body(kNow, kNow, kNow + 30s, kNow + 30s);
  EXPECT_EQ(clock.span_at(kNow), (MomentSpan{kNow + 30s - 2ms, kNow + 30s + 3ms}));
}

TEST(HubSpotClock, OfASpanOnlyWhatLiesBeyondItIsSure) {
  const MomentSpan span{kNow, kNow + 1s};
  EXPECT_TRUE(is_surely_after(kNow + 1s, span));
  EXPECT_FALSE(is_surely_after(kNow + 999ms, span));
  EXPECT_TRUE(is_surely_before(kNow - 1ms, span));
  EXPECT_FALSE(is_surely_before(kNow, span));
  EXPECT_FALSE(is_surely_after(kNow, std::nullopt));
  EXPECT_FALSE(is_surely_before(kNow, std::nullopt));
}

}  // namespace
}  // namespace payferry
