#include "model/control_totals.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <vector>

namespace payferry {
namespace {

const Currency kPound = *Currency::parse("GBP");
const Currency kYen = *Currency::parse("JPY");

Decimal amount(const char* text) {
  return Decimal::parse(text).value();
}

TEST(ControlTotals, AreBalancedWhenEveryRecordReadHasAnOutcome) {
  ControlTotals totals;
  totals.count_read(kPound, amount("10.10"));
  totals.count_read(kPound, amount("0.05"));
  totals.count_read(kYen, amount("500"));
  EXPECT_FALSE(totals.balanced());
  totals.count_outcome(kPound, amount("10.10"), OutcomeStatus::created);
  totals.count_outcome(kPound, amount("0.05"), OutcomeStatus::rejected);
  EXPECT_FALSE(totals.balanced());
  totals.count_outcome(kYen, amount("500"), OutcomeStatus::existing);
  EXPECT_TRUE(totals.balanced());
}

TEST(ControlTotals, AreNotBalancedWhenCountsAgreeAndSumsDoNot) {
  ControlTotals totals;
  totals.count_read(kPound, amount("10.10"));
  totals.count_outcome(kPound, amount("10.11"), OutcomeStatus::created);
  EXPECT_FALSE(totals.balanced());
}

TEST(ControlTotals, AreNotBalancedWhenSumsAgreeAndCountsDoNot) {
  ControlTotals totals;
  totals.count_read(kPound, amount("0"));
  totals.count_read(kPound, std::nullopt);
  totals.count_outcome(kPound, amount("0"), OutcomeStatus::created);
  EXPECT_FALSE(totals.balanced());
}

TEST(ControlTotals, KeepCurrenciesApart) {
  ControlTotals totals;
  totals.count_read(kPound, amount("1"));
  totals.count_outcome(kYen, amount("1"), OutcomeStatus::created);
  EXPECT_FALSE(totals.balanced());
}

/// More than there are hashes, and than fit in a byte.
std::vector<Currency> many_currencies() {
  std::vector<Currency> currencies;
  for (char first = 'A'; first <= 'Z'; ++first) {
    for (char second = 'A'; second <= 'Z'; ++second)
      currencies.push_back(Currency::parse(std::string{first, second, 'X'}).value());
  }
  return currencies;
}

TEST(ControlTotals, KeepManyCurrenciesApartInWhateverOrderTheyCome) {
  ControlTotals totals;
  std::map<Currency, int> counts;
  std::vector<Currency> currencies = many_currencies();
  std::mt19937 random(1);
  for (int round = 0; round < 3; ++round) {
    std::shuffle(currencies.begin(), currencies.end(), random);
    for (const Currency currency : currencies) {
      const int times = static_cast<int>(random() % 3);
      for (int time = 0; time < times; ++time) totals.count_read(currency, std::nullopt);
      if (times > 0) counts[currency] += times;
    }
  }
  ASSERT_EQ(totals.by_currency().size(), counts.size());
  for (const auto& [currency, books] : totals.by_currency())
    EXPECT_EQ(books.read.count, counts[currency]) << currency.code();
}

TEST(ControlTotals, CountWhatIsNotKnownToBeInHubSpotAsRefused) {
  ControlTotals totals;
  for (const auto status :
       {OutcomeStatus::created, OutcomeStatus::updated, OutcomeStatus::existing,
        OutcomeStatus::invalid, OutcomeStatus::rejected, OutcomeStatus::unknown}) {
    totals.count_outcome(kPound, amount("1.00"), status);
  }
  const CurrencyTotals& pounds = totals.by_currency().at(kPound);
  EXPECT_EQ(pounds.loaded.count, 3U);
  EXPECT_EQ(pounds.loaded.sum.to_string(), "3.00");
  EXPECT_EQ(pounds.refused.count, 3U);
}

TEST(ControlTotals, LeaveAsPendingWhatHasNoOutcomeYet) {
  ControlTotals totals;
  totals.count_read(kPound, amount("1.25"));
  totals.count_read(kPound, amount("2.50"));
  totals.count_outcome(kPound, amount("1.25"), OutcomeStatus::created);
  const Total pending = totals.by_currency().at(kPound).pending();
  EXPECT_EQ(pending.count, 1U);
  EXPECT_EQ(pending.sum.to_string(), "2.50");
}

TEST(ControlTotals, CountRecordsWithoutAnAmount) {
  ControlTotals totals;
  totals.count_read(Currency(), std::nullopt);
  EXPECT_EQ(totals.by_currency().at(Currency()).read.count, 1U);
  EXPECT_EQ(totals.by_currency().at(Currency()).read.sum, Decimal());
}

}  // namespace
}  // namespace payferry
