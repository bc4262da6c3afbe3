#include "loader/commands/deadline_watch.hpp"

#include <gtest/gtest.h>

#include <future>

namespace payferry {
namespace {

using namespace std::chrono_literals;

SteadyPoint from_now(SteadyDuration duration) {
  return std::chrono::steady_clock::now() + duration;
}

TEST(DeadlineWatch, AsksForAStopWhenTheMomentHasCome) {
  for (const SteadyDuration until : {SteadyDuration(-1h), SteadyDuration(20ms)}) {
    const SteadyPoint deadline = from_now(until);
    DeadlineWatch watch(deadline);
    std::promise<void> asked;
    const std::stop_callback on_stop(watch.reached(), [&asked] { asked.set_value(); });
    ASSERT_EQ(asked.get_future().wait_for(60s), std::future_status::ready);
    EXPECT_GE(std::chrono::steady_clock::now(), deadline);
    EXPECT_TRUE(watch.end());
  }
}

TEST(DeadlineWatch, IsNotWaitedForWhenItHasEnded) {
  DeadlineWatch watch(from_now(24h));
  EXPECT_FALSE(watch.end());
  EXPECT_FALSE(watch.reached().stop_requested());
}

TEST(DeadlineWatch, GoesWithItsOwner) {
  const DeadlineWatch watch(from_now(24h));
}

TEST(DeadlineWatch, WithoutADeadlineThereIsNoStop) {
  DeadlineWatch watch(std::nullopt);
  EXPECT_FALSE(watch.end());
}

}  // namespace
}  // namespace payferry
