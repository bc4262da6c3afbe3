#include "loader/run/tally.hpp"

#include <gtest/gtest.h>

namespace payferry {
namespace {

const Currency kPounds = Currency::parse("GBP").value();
const Currency kYen = Currency::parse("JPY").value();

Tally tally_of(OutcomeStatus status, Currency currency, const Decimal& amount) {
  Tally tally;
  tally.count_read(currency, amount);
  tally.count_outcome(currency, amount, status);
  return tally;
}

TEST(Tally, WhatWasReadIsPendingUntilItHasAnOutcome) {
  Tally tally;
  tally.count_read(kPounds, Decimal(150, 2));
  tally.count_read(kPounds, std::nullopt);
  EXPECT_EQ(tally.records, 2U);
  EXPECT_EQ(tally.pending(), 2U);
  tally.count_outcome(kPounds, std::nullopt, OutcomeStatus::invalid);
  EXPECT_EQ(tally.pending(), 1U);
  EXPECT_FALSE(tally.totals.balanced());
  tally.count_outcome(kPounds, Decimal(150, 2), OutcomeStatus::created);
  EXPECT_EQ(tally.pending(), 0U);
  EXPECT_TRUE(tally.totals.balanced());
}

TEST(Tally, EachStatusIsCountedOnItsOwn) {
  Tally tally;
  std::uint64_t times = 0;
  for (const OutcomeStatus status :
       {OutcomeStatus::created, OutcomeStatus::updated, OutcomeStatus::existing,
        OutcomeStatus::invalid, OutcomeStatus::rejected, OutcomeStatus::unknown}) {
    ++times;
    for (std::uint64_t i = 0; i < times; ++i) tally += tally_of(status, kPounds, Decimal(1, 0));
    EXPECT_EQ(tally.of(status), times);
  }
  EXPECT_EQ(tally.records, 21U);
  EXPECT_EQ(tally.created, 1U);
  EXPECT_EQ(tally.updated, 2U);
  EXPECT_EQ(tally.existing, 3U);
  EXPECT_EQ(tally.invalid, 4U);
  EXPECT_EQ(tally.rejected, 5U);
  EXPECT_EQ(tally.unknown, 6U);
  EXPECT_EQ(tally.loaded(), 6U);
  EXPECT_EQ(tally.refused(), 9U);
  EXPECT_EQ(tally.settled(), 21U);
  EXPECT_EQ(tally.totals.by_currency().at(kPounds).loaded.count, 6U);
  EXPECT_EQ(tally.totals.by_currency().at(kPounds).refused.count, 15U);
}

TEST(Tally, AddingKeepsCurrenciesApartAndSumsExact) {
  Tally tally = tally_of(OutcomeStatus::created, kPounds, Decimal(10, 2));
  tally += tally_of(OutcomeStatus::rejected, kPounds, Decimal(2, 1));
  tally += tally_of(OutcomeStatus::created, kYen, Decimal(7, 0));
  ASSERT_EQ(tally.totals.by_currency().size(), 2U);
  const CurrencyTotals& pounds = tally.totals.by_currency().at(kPounds);
  EXPECT_EQ(pounds.read.sum, Decimal(30, 2));
  EXPECT_EQ(pounds.loaded.sum, Decimal(10, 2));
  EXPECT_EQ(pounds.refused.sum, Decimal(20, 2));
  EXPECT_EQ(tally.totals.by_currency().at(kYen).read.sum, Decimal(7, 0));
  EXPECT_TRUE(tally.totals.balanced());
}

TEST(Tally, AddingNothingChangesNothing) {
  Tally tally = tally_of(OutcomeStatus::created, kPounds, Decimal(10, 2));
  tally += Tally();
  EXPECT_EQ(tally.records, 1U);
  EXPECT_EQ(tally.created, 1U);
  EXPECT_EQ(tally.totals.by_currency().size(), 1U);
}

TEST(Tally, OutcomesAreTheSameWhateverWasRead) {
  Tally left;
  Tally right;
  right.count_read(Currency(), std::nullopt);
  EXPECT_TRUE(same_outcomes(left, right));
  for (const OutcomeStatus status :
       {OutcomeStatus::created, OutcomeStatus::updated, OutcomeStatus::existing,
        OutcomeStatus::invalid, OutcomeStatus::rejected, OutcomeStatus::unknown}) {
    ++right.of(status);
    EXPECT_FALSE(same_outcomes(left, right));
    ++left.of(status);
    EXPECT_TRUE(same_outcomes(left, right));
  }
}

}  // namespace
}  // namespace payferry
