#include "loader/commands/run_end.hpp"

#include <gtest/gtest.h>

namespace payferry {
namespace {

RunEnd end_of(std::uint64_t created, std::uint64_t rejected, std::uint64_t pending) {
  RunEnd end;
  end.run_id = "20261123T100000Z-ab12cd34";
  const Currency pounds = Currency::parse("GBP").value();
  Tally& tally = end.done.tally;
  for (std::uint64_t i = 0; i < created + rejected + pending; ++i)
    tally.count_read(pounds, Decimal(150, 2));
  for (std::uint64_t i = 0; i < created; ++i)
    tally.count_outcome(pounds, Decimal(150, 2), OutcomeStatus::created);
  for (std::uint64_t i = 0; i < rejected; ++i)
    tally.count_outcome(pounds, Decimal(150, 2), OutcomeStatus::rejected);
  end.counters.requests = 7;
  end.all_delivered = pending == 0;
  return end;
}

RunEnd stopped(RunEnd end, StopReason reason) {
  end.stop = reason;
  end.stopped = "Something came between";
  return end;
}

TEST(RunEnd, WithEveryRecordLoadedIsCompleteWithExit0) {
  const Summary summary = summarise(end_of(3, 0, 0));
  EXPECT_EQ(summary.run_id, "20261123T100000Z-ab12cd34");
  EXPECT_TRUE(summary.complete);
  EXPECT_EQ(summary.exit_code, 0);
  EXPECT_EQ(summary.tally.created, 3U);
  EXPECT_EQ(summary.counters.requests, 7U);
}

TEST(RunEnd, WithRefusedRecordsIsCompleteWithExit1) {
  const Summary summary = summarise(end_of(3, 1, 0));
  EXPECT_TRUE(summary.complete);
  EXPECT_EQ(summary.exit_code, 1);
}

TEST(RunEnd, OfBooksThatDoNotBalanceIsExit1) {
  RunEnd end = end_of(3, 0, 0);
  ++end.done.tally.records;
  EXPECT_EQ(summarise(end).exit_code, 1);
}

TEST(RunEnd, OfAStopSaysWhyAndIsNotComplete) {
  for (const auto& [reason, code] : {std::pair(StopReason::interrupted, 3),
                                     {StopReason::deadline, 3},
                                     {StopReason::unusable, 3},
                                     {StopReason::failed, 3},
                                     {StopReason::token_refused, 4}}) {
    const Summary summary = summarise(stopped(end_of(3, 0, 1), reason));
    EXPECT_FALSE(summary.complete);
    EXPECT_EQ(summary.exit_code, code);
    EXPECT_EQ(summary.stopped, "Something came between");
  }
}

TEST(RunEnd, AStopThatComesWhenAllIsDoneChangesNothing) {
  for (const StopReason reason : {StopReason::interrupted, StopReason::deadline}) {
    const Summary summary = summarise(stopped(end_of(3, 0, 0), reason));
    EXPECT_TRUE(summary.complete);
    EXPECT_EQ(summary.exit_code, 0);
    EXPECT_EQ(summary.stopped, "");
  }
}

TEST(RunEnd, AStopBeforeTheSourceIsReadIsNoEndThoughNothingIsPending) {
  RunEnd end = stopped(end_of(3, 0, 0), StopReason::deadline);
  end.all_delivered = false;
  EXPECT_EQ(summarise(end).exit_code, 3);
}

TEST(RunEnd, TooManyErrorsAreAStopThoughTheLastRecordWasOne) {
  const Summary summary = summarise(stopped(end_of(3, 2, 0), StopReason::max_errors));
  EXPECT_FALSE(summary.complete);
  EXPECT_EQ(summary.exit_code, 3);
}

TEST(RunEnd, OfAnInputThatBrokeOffIsExit1AndNotComplete) {
  RunEnd end = end_of(3, 0, 0);
  end.input_broken = "The file ends too early";
  for (const RunEnd& each : {end, stopped(end, StopReason::deadline)}) {
    const Summary summary = summarise(each);
    EXPECT_FALSE(summary.complete);
    EXPECT_EQ(summary.exit_code, 1);
    EXPECT_EQ(summary.input_broken, "The file ends too early");
    EXPECT_EQ(summary.stopped, "");
  }
}

TEST(RunEnd, APipeIsCutShortByAStopOnly) {
  RunEnd end = stopped(end_of(3, 0, 0), StopReason::interrupted);
  end.is_cut_short = true;
  EXPECT_FALSE(summarise(end).is_cut_short);
  end.all_delivered = false;
  EXPECT_TRUE(summarise(end).is_cut_short);
  EXPECT_EQ(summarise(end).exit_code, 3);
}

TEST(RunEnd, OfBooksOfAPartSaysSo) {
  RunEnd end = stopped(end_of(3, 0, 0), StopReason::outage);
  end.all_delivered = false;
  end.done.tally.records = 9;
  end.done.books_before = RecordNumber(4);
  const Summary summary = summarise(end);
  EXPECT_EQ(summary.books_before, RecordNumber(4));
  EXPECT_TRUE(summary.books_balance());
}

}  // namespace
}  // namespace payferry
