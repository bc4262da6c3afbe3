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

/// What happened to a run, and what is to be made of that.
struct Judgement {
  const char* what;
  StopReason stop = StopReason::none;
  bool all_delivered = true;
  bool has_failed = false;
  bool is_end_doubted = false;
  bool is_rest_missing = false;
  bool is_input_broken = false;

  bool complete = false;
  bool is_cut_short = false;
  int exit_code = 3;
};

constexpr Judgement kJudgements[] = {
    {.what = "nothing", .complete = true, .exit_code = 0},
    {.what = "a signal that came too late",
     .stop = StopReason::interrupted,
     .complete = true,
     .exit_code = 0},
    {.what = "a signal before the end", .stop = StopReason::interrupted, .all_delivered = false},
    {.what = "a signal with the pipe's end",
     .stop = StopReason::interrupted,
     .is_end_doubted = true,
     .is_cut_short = true},
    {.what = "a deadline before the pipe's end, and no rest came",
     .stop = StopReason::deadline,
     .all_delivered = false,
     .is_rest_missing = true,
     .is_cut_short = true},
    {.what = "a deadline when all was done, though the pipe went on",
     .stop = StopReason::deadline,
     .is_rest_missing = true,
     .complete = true,
     .exit_code = 0},
    {.what = "a failure", .stop = StopReason::failed, .has_failed = true},
    {.what = "a failure after a signal that came too late",
     .stop = StopReason::interrupted,
     .has_failed = true},
    {.what = "a refused token",
     .stop = StopReason::token_refused,
     .all_delivered = false,
     .exit_code = 4},
    {.what = "a broken input", .is_input_broken = true, .exit_code = 1},
    {.what = "a broken input, and a signal that came too late",
     .stop = StopReason::interrupted,
     .is_input_broken = true,
     .exit_code = 1},
    {.what = "a broken input, and a signal before the end",
     .stop = StopReason::interrupted,
     .all_delivered = false,
     .is_input_broken = true},
};

TEST(RunEnd, IsJudgedByAllThatHappened) {
  for (const Judgement& judgement : kJudgements) {
    RunEnd end = end_of(3, 0, 0);
    if (judgement.stop != StopReason::none) end = stopped(end, judgement.stop);
    end.all_delivered = judgement.all_delivered;
    end.has_failed = judgement.has_failed;
    end.is_end_doubted = judgement.is_end_doubted;
    end.is_rest_missing = judgement.is_rest_missing;
    if (judgement.is_input_broken) end.input_broken = "The file ends too early";
    const Summary summary = summarise(end);
    EXPECT_EQ(summary.complete, judgement.complete) << judgement.what;
    EXPECT_EQ(summary.is_cut_short, judgement.is_cut_short) << judgement.what;
    EXPECT_EQ(summary.exit_code, judgement.exit_code) << judgement.what;
    EXPECT_EQ(summary.stopped.empty(), judgement.exit_code < 3) << judgement.what;
  }
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
