#include "loader/report/earlier_processes.hpp"

#include <gtest/gtest.h>

namespace payferry {
namespace {

const Currency kPounds = Currency::parse("GBP").value();

void read(Tally& tally, int times) {
  for (int i = 0; i < times; ++i) tally.count_read(kPounds, Decimal(150, 2));
}

void settle(Tally& tally, int times, OutcomeStatus status = OutcomeStatus::created) {
  for (int i = 0; i < times; ++i) tally.count_outcome(kPounds, Decimal(150, 2), status);
}

Tally books(int records, int created) {
  Tally tally;
  read(tally, records);
  settle(tally, created);
  return tally;
}

const CurrencyTotals& pounds(const Tally& tally) {
  return tally.totals.by_currency().at(kPounds);
}

void expect_same(const CurrencyTotals& left, const CurrencyTotals& right) {
  EXPECT_EQ(left.read, right.read);
  EXPECT_EQ(left.loaded, right.loaded);
  EXPECT_EQ(left.refused, right.refused);
}

/// A checkpoint behind record 2; behind it 3 and 5 are created, 6 is rejected, and 4 and 8 are in
/// doubt.
class EarlierProcessesTest : public testing::Test {
 protected:
  EarlierProcessesTest() {
    state_.start.next = RecordNumber(3);
    state_.start.tally = books(2, 2);
    state_.settled[RecordNumber(3)].status = OutcomeStatus::created;
    state_.settled[RecordNumber(5)].status = OutcomeStatus::created;
    state_.settled[RecordNumber(5)].lacks_association = true;
    state_.settled[RecordNumber(6)].status = OutcomeStatus::rejected;
    state_.in_doubt[RecordNumber(4)] = {};
    state_.in_doubt[RecordNumber(8)] = {};
  }

  /// As the process before left it, which had read ten records.
  static Summary stored() {
    Summary summary;
    summary.tally = books(10, 4);
    settle(summary.tally, 1, OutcomeStatus::rejected);
    return summary;
  }
  WholeTally with(const std::optional<Summary>& stored, const Tally& read,
                  const Tally& settled_here = {}) const {
    return EarlierProcesses(state_, stored).with(read, settled_here);
  }
  /// Of a process that read nothing.
  WholeTally with_nothing(const std::optional<Summary>& stored) const {
    return with(stored, state_.start.tally);
  }

  static void expect_logged(const Tally& tally) {
    EXPECT_EQ(tally.created, 4U);
    EXPECT_EQ(tally.rejected, 1U);
    EXPECT_EQ(tally.settled(), 5U);
    EXPECT_EQ(tally.lacking_association, 1U);
  }

  ResumeState state_;
};

TEST_F(EarlierProcessesTest, WhereNothingWasReadTheSummaryThatStandsThereTells) {
  const WholeTally whole = with_nothing(stored());
  expect_logged(whole.tally);
  EXPECT_EQ(whole.tally.records, 10U);
  EXPECT_EQ(whole.books_before, std::nullopt);
  expect_same(pounds(whole.tally), pounds(stored().tally));
}

TEST_F(EarlierProcessesTest, WithoutASummaryTheLogsTellAndTheBooksAreOfTheCheckpoint) {
  const WholeTally whole = with_nothing(std::nullopt);
  expect_logged(whole.tally);
  EXPECT_EQ(whole.tally.records, 8U);
  EXPECT_EQ(whole.books_before, RecordNumber(3));
  EXPECT_EQ(pounds(whole.tally).read.count, 2U);
}

TEST_F(EarlierProcessesTest, ASummaryThatIsOlderThanTheResultsLogOnlyTellsHowFarWasRead) {
  Summary older = stored();
  --older.tally.created;
  const WholeTally whole = with_nothing(older);
  expect_logged(whole.tally);
  EXPECT_EQ(whole.tally.records, 10U);
  EXPECT_EQ(whole.books_before, RecordNumber(3));
}

TEST_F(EarlierProcessesTest, WhatWasSentBehindTheSummaryIsPendingAndNotInItsBooks) {
  state_.in_doubt[RecordNumber(12)] = {};
  const WholeTally whole = with_nothing(stored());
  EXPECT_EQ(whole.tally.records, 12U);
  EXPECT_EQ(whole.books_before, RecordNumber(11));
  EXPECT_EQ(pounds(whole.tally).read.count, 10U);
}

TEST_F(EarlierProcessesTest, WhoReadLessAddsWhatItSettledToTheBooksThatStandThere) {
  Tally settled_here;
  settle(settled_here, 1);
  const WholeTally whole = with(stored(), books(5, 5), settled_here);
  EXPECT_EQ(whole.tally.created, 5U);
  EXPECT_EQ(whole.tally.rejected, 1U);
  EXPECT_EQ(whole.tally.records, 10U);
  EXPECT_EQ(whole.books_before, std::nullopt);
  EXPECT_EQ(pounds(whole.tally).read.count, 10U);
  EXPECT_EQ(pounds(whole.tally).loaded.count, 5U);
  EXPECT_EQ(pounds(whole.tally).loaded.sum, Decimal(750, 2));
  EXPECT_EQ(pounds(whole.tally).refused.count, 1U);
}

TEST_F(EarlierProcessesTest, WithoutASummaryTheBooksReachAsFarAsWasRead) {
  const WholeTally whole = with(std::nullopt, books(5, 5));
  EXPECT_EQ(whole.tally.created, 5U);
  EXPECT_EQ(whole.tally.rejected, 1U);
  EXPECT_EQ(whole.tally.records, 8U);
  EXPECT_EQ(whole.books_before, RecordNumber(6));
  EXPECT_EQ(pounds(whole.tally).loaded.count, 5U);
}

TEST_F(EarlierProcessesTest, WhoReadAsFarTellsItself) {
  const Tally all = books(10, 7);
  for (const std::optional<Summary>& before : {std::optional(stored()), std::optional<Summary>()}) {
    const WholeTally whole = with(before, all);
    EXPECT_EQ(whole.tally.records, 10U);
    EXPECT_TRUE(same_outcomes(whole.tally, all));
    expect_same(pounds(whole.tally), pounds(all));
    EXPECT_EQ(whole.books_before, std::nullopt);
  }
}

TEST_F(EarlierProcessesTest, BooksOfAPartStayBooksOfThatPart) {
  Summary partial = stored();
  partial.tally.records = 14;
  partial.books_before = RecordNumber(11);
  const WholeTally whole = with_nothing(partial);
  EXPECT_EQ(whole.tally.records, 14U);
  EXPECT_EQ(whole.books_before, RecordNumber(11));
  EXPECT_EQ(pounds(whole.tally).read.count, 10U);
}

TEST_F(EarlierProcessesTest, OfAFreshRunThereIsNothing) {
  const ResumeState fresh;
  const WholeTally whole = EarlierProcesses(fresh, std::nullopt).with(books(2, 1), books(0, 1));
  EXPECT_EQ(whole.tally.records, 2U);
  EXPECT_EQ(whole.tally.created, 1U);
  EXPECT_EQ(whole.books_before, std::nullopt);
}

}  // namespace
}  // namespace payferry
