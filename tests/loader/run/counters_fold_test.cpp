#include "loader/run/counters_fold.hpp"

#include <gtest/gtest.h>

namespace payferry {
namespace {

using namespace std::chrono_literals;

Instant second(int seconds) {
  return Instant(1'780'000'000'000ms) + std::chrono::seconds(seconds);
}

SendLine send(int at, std::uint32_t attempt = 1) {
  SendLine line;
  line.attempt = attempt;
  line.at = second(at);
  return line;
}

AnswerLine answer(int at, int http) {
  AnswerLine line;
  line.http = http;
  line.at = second(at);
  return line;
}

CountersLine noted(int at, const Counters& counters) {
  return {counters, second(at)};
}

Counters folded(const std::vector<AttemptLine>& lines) {
  CountersFold fold;
  for (const AttemptLine& line : lines) fold.take(line);
  return fold.counters();
}

TEST(CountersFold, OfNoLinesNothingWasDone) {
  EXPECT_EQ(folded({}), Counters());
}

TEST(CountersFold, WithoutCountersTheSendsAndAnswersTell) {
  const Counters counters = folded({send(1), answer(2, 201), send(3), answer(4, 429), send(5, 2),
                                    answer(6, 0), send(7, 3), answer(9, 207)});
  EXPECT_EQ(counters, (Counters{4, 2, 1, 0, 8s}));
}

TEST(CountersFold, TheNewestCountersKnowWhatStandsBeforeThem) {
  const Counters counters{42, 3, 2, 7, 60s};
  EXPECT_EQ(folded({send(1), answer(2, 429), send(3, 2), noted(4, counters)}), counters);
  EXPECT_EQ(folded({noted(3, Counters{9, 9, 9, 9, 9s}), noted(4, counters)}), counters);
}

TEST(CountersFold, WhatStandsBehindTheNewestCountersIsAdded) {
  const Counters noted_before{42, 3, 2, 7, 60s};
  const Counters counters =
      folded({send(1), noted(10, noted_before), send(11), answer(12, 429), send(14, 2)});
  EXPECT_EQ(counters, (Counters{44, 4, 3, 7, 64s}));
}

TEST(CountersFold, ACheckpointTellsAsWell) {
  CheckpointLine checkpoint;
  checkpoint.counters = {42, 3, 2, 7, 60s};
  checkpoint.at = second(10);
  EXPECT_EQ(folded({send(1), checkpoint, send(13)}), (Counters{43, 3, 2, 7, 63s}));
}

TEST(CountersFold, BehindACheckpointWithoutATimeItGoesOnWithTheNextLine) {
  CheckpointLine checkpoint;
  checkpoint.counters = {42, 3, 2, 7, 60s};
  EXPECT_EQ(folded({send(1), checkpoint, send(13), answer(15, 201)}), (Counters{43, 3, 2, 7, 62s}));
}

TEST(CountersFold, TheTimeBetweenProcessesDoesNotCount) {
  const Counters counters = folded({noted(0, {2, 0, 0, 0, 1s}), send(5), answer(8, 201),
                                    noted(1000, {5, 0, 0, 0, 10s}), send(1001), answer(1003, 201)});
  EXPECT_EQ(counters, (Counters{6, 0, 0, 0, 13s}));
}

TEST(CountersFold, AClockThatIsSetBackTakesNoTimeAway) {
  EXPECT_EQ(folded({noted(100, {2, 0, 0, 0, 10s}), send(3)}).busy, 10s);
  EXPECT_EQ(folded({noted(100, {2, 0, 0, 0, 10s}), send(104), answer(50, 201)}).busy, 14s);
}

}  // namespace
}  // namespace payferry
