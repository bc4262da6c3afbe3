#include "bench/load/soak_watch.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>

namespace payferry::bench {
namespace {

using namespace std::chrono_literals;

/// Looked at once a second from 0 to 16 s, so that the quarters begin at 0, 4, 8 and 12 s.
SoakWatch watch_of(const std::vector<ProcessSize>& sizes) {
  SoakWatch watch;
  std::chrono::seconds at{0};
  for (const ProcessSize& size : sizes) watch.add(at++, size);
  return watch;
}

std::vector<ProcessSize> steady() {
  return std::vector<ProcessSize>(17, ProcessSize{30'000, 12});
}

TEST(SoakWatch, TellsTheLeastAndTheMostOfEachQuarter) {
  auto sizes = steady();
  sizes[0] = {1'000, 3};
  sizes[3] = {29'000, 20};
  sizes[4] = {31'000, 11};
  sizes[16] = {28'000, 13};
  const SoakWatch watch = watch_of(sizes);
  EXPECT_EQ(watch.quarter(1).least.resident_kib, 1'000U);
  EXPECT_EQ(watch.quarter(1).least.descriptors, 3U);
  EXPECT_EQ(watch.quarter(1).most.resident_kib, 30'000U);
  EXPECT_EQ(watch.quarter(1).most.descriptors, 20U);
  EXPECT_EQ(watch.quarter(2).most.resident_kib, 31'000U);
  EXPECT_EQ(watch.quarter(2).least.descriptors, 11U);
  EXPECT_EQ(watch.quarter(3).least.resident_kib, 30'000U);
  EXPECT_EQ(watch.quarter(4).least.resident_kib, 28'000U);
  EXPECT_EQ(watch.quarter(4).most.descriptors, 13U);
}

TEST(SoakWatch, TakesNoGrowthOfTheFirstHalfAmiss) {
  auto sizes = steady();
  for (std::size_t i = 0; i < 8; ++i) sizes[i] = {i * 3'000, i};
  EXPECT_FALSE(watch_of(sizes).complaint());
}

/// The last quarter, all of it, and a moment of the third.
std::vector<ProcessSize> steady_until(const ProcessSize& last) {
  auto sizes = steady();
  std::fill(sizes.begin() + 12, sizes.end(), last);
  sizes[9] = {31'000, 13};
  return sizes;
}

TEST(SoakWatch, ComplainsWhereTheLeastMemoryIsAboveTheThirdQuarters) {
  const std::size_t most = 30'000 + SoakWatch::kMostGrowthKib;
  EXPECT_FALSE(watch_of(steady_until({most, 12})).complaint());
  const auto complaint = watch_of(steady_until({most + 1, 12})).complaint();
  ASSERT_TRUE(complaint);
  EXPECT_THAT(*complaint, testing::HasSubstr("resident KiB grew: at least 30000 in the third"));
}

TEST(SoakWatch, ComplainsWhereTheLeastDescriptorsAreAboveTheThirdQuarters) {
  const std::size_t most = 12 + SoakWatch::kMoreDescriptors;
  EXPECT_FALSE(watch_of(steady_until({30'000, most})).complaint());
  const auto complaint = watch_of(steady_until({30'000, most + 1})).complaint();
  ASSERT_TRUE(complaint);
  EXPECT_THAT(*complaint, testing::HasSubstr("descriptors grew: at least 12 in the third"));
}

TEST(SoakWatch, TakesNoPassingGrowthAmiss) {
  auto sizes = steady();
  for (std::size_t i = 12; i < 16; ++i) sizes[i] = {90'000, 100};
  EXPECT_FALSE(watch_of(sizes).complaint());
}

TEST(SoakWatch, CannotTellWhereItDidNotLook) {
  EXPECT_THROW(SoakWatch().complaint(), std::runtime_error);
  SoakWatch watch;
  watch.add(0s, {});
  watch.add(16s, {});
  EXPECT_THROW(watch.quarter(2), std::runtime_error);
}

}  // namespace
}  // namespace payferry::bench
