#include "config/value_guess.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace payferry {
namespace {

using Values = std::vector<std::string>;

std::string format_of(const Values& values, bool day_first = true) {
  const auto guess = guess_date(values, day_first);
  return guess ? guess->format : "none";
}

TEST(GuessDate, KnowsTheUsualFormats) {
  EXPECT_EQ(format_of({"2026-01-31"}), "%Y-%m-%d");
  EXPECT_EQ(format_of({"2026-01-31 10:00:00"}), "%Y-%m-%d %H:%M:%S");
  EXPECT_EQ(format_of({"2026-01-31 10:00:00 -0400"}), "%Y-%m-%d %H:%M:%S %z");
  EXPECT_EQ(format_of({"31.01.2026"}), "%d.%m.%Y");
  EXPECT_EQ(format_of({"31.01.2026, 10:00"}), "%d.%m.%Y, %H:%M");
  EXPECT_EQ(format_of({"01/31/2026 02:30 PM"}), "%m/%d/%Y %I:%M %p");
  EXPECT_EQ(format_of({"31 Jan 2026"}), "%d %b %Y");
  EXPECT_EQ(format_of({"Jan 31, 2026"}), "%b %d, %Y");
  EXPECT_EQ(format_of({"2026-01-31T10:00:00Z"}), "iso8601");
  EXPECT_EQ(format_of({"1767225600"}), "unix");
  EXPECT_EQ(format_of({"1767225600000"}), "unix_ms");
}

TEST(GuessDate, NeedsEveryValueToBeOne) {
  EXPECT_EQ(format_of({"2026-01-31", "soon"}), "none");
  EXPECT_EQ(format_of({}), "none");
  EXPECT_EQ(format_of({"12.50"}), "none");
}

Values with_bad_ones(const Values& values, std::size_t bad) {
  Values all;
  while (all.size() < 20 - bad) all.push_back(values[all.size() % values.size()]);
  all.resize(20, "bad");
  return all;
}

TEST(GuessDate, ForgivesAFewBadValuesAmongMany) {
  EXPECT_EQ(format_of(with_bad_ones({"31.01.2026"}, 2)), "%d.%m.%Y");
  EXPECT_EQ(format_of(with_bad_ones({"31.01.2026"}, 3)), "none");
  const auto iso = guess_date(with_bad_ones({"2026-01-31T10:00:00Z"}, 2), true);
  ASSERT_TRUE(iso);
  EXPECT_TRUE(iso->has_offset);
}

TEST(GuessDate, TakesTheOrderThatReadsMoreAndNotTheFirstThatReadsEnough) {
  Values values(19, "01/02/2026");
  values.push_back("01/31/2026");
  EXPECT_EQ(format_of(values, true), "%m/%d/%Y");
  EXPECT_FALSE(guess_date(values, true)->ambiguous);
}

TEST(GuessAmount, ForgivesAFewBadValuesAmongMany) {
  const auto guess = guess_amount(with_bad_ones({"1.234,50", "5"}, 2), false);
  ASSERT_TRUE(guess);
  EXPECT_EQ(guess->decimal_mark, ',');
  EXPECT_FALSE(guess->ambiguous);
  EXPECT_FALSE(guess_amount(with_bad_ones({"1.234,50"}, 3), false));
}

TEST(GuessDate, TellsDayFromMonthByTheValuesThatShowIt) {
  EXPECT_EQ(format_of({"01/02/2026", "01/31/2026"}), "%m/%d/%Y");
  EXPECT_EQ(format_of({"01/02/2026", "31/01/2026"}), "%d/%m/%Y");
  EXPECT_FALSE(guess_date(Values{"31/01/2026"}, true)->ambiguous);
  EXPECT_TRUE(guess_date(Values{"01/02/2026"}, true)->ambiguous);
  EXPECT_EQ(format_of({"01/02/2026"}, true), "%d/%m/%Y");
  EXPECT_EQ(format_of({"01/02/2026"}, false), "%m/%d/%Y");
}

TEST(GuessDate, KnowsWhetherTheTextSaysWhichMomentItIs) {
  EXPECT_TRUE(guess_date(Values{"2026-01-31T10:00:00Z"}, true)->has_offset);
  EXPECT_FALSE(guess_date(Values{"2026-01-31T10:00:00"}, true)->has_offset);
  EXPECT_TRUE(guess_date(Values{"1767225600"}, true)->has_offset);
}

TEST(GuessAmount, FindsTheDecimalMark) {
  EXPECT_EQ(guess_amount(Values{"1,234.50", "5"}, false)->decimal_mark, '.');
  EXPECT_EQ(guess_amount(Values{"1.234,50", "5"}, false)->decimal_mark, ',');
  EXPECT_EQ(guess_amount(Values{"12,00 €"}, false)->decimal_mark, ',');
  EXPECT_FALSE(guess_amount(Values{"5"}, true)->ambiguous);
  EXPECT_FALSE(guess_amount(Values{"5", "x"}, false).has_value());
  EXPECT_FALSE(guess_amount(Values{}, false).has_value());
}

TEST(GuessAmount, SaysWhenItIsOpen) {
  EXPECT_TRUE(guess_amount(Values{"1,234"}, false)->ambiguous);
  EXPECT_EQ(guess_amount(Values{"1,234"}, false)->decimal_mark, '.');
  EXPECT_EQ(guess_amount(Values{"1,234"}, true)->decimal_mark, ',');
}

TEST(GuessCurrency, ReadsSignsAndCodes) {
  EXPECT_EQ(guess_currency_of_amounts(Values{"€ 12,00", "1 €"}), Currency::parse("EUR"));
  EXPECT_EQ(guess_currency_of_amounts(Values{"$5.00"}), Currency::parse("USD"));
  EXPECT_EQ(guess_currency_of_amounts(Values{"CHF 5"}), Currency::parse("CHF"));
  EXPECT_EQ(guess_currency_of_amounts(Values{"€5", "£5"}), std::nullopt);
  EXPECT_EQ(guess_currency_of_amounts(Values{"5"}), std::nullopt);
  EXPECT_EQ(guess_currency_of_amounts(Values{}), std::nullopt);
}

TEST(ValueGuess, KnowsCodesEmailsWholeNumbersAndUniqueValues) {
  EXPECT_TRUE(are_currency_codes(Values{"EUR", "usd"}));
  EXPECT_FALSE(are_currency_codes(Values{"EUR", "Euro"}));
  EXPECT_TRUE(are_emails(Values{"ann@example.com"}));
  EXPECT_FALSE(are_emails(Values{"ann"}));
  EXPECT_TRUE(are_whole_numbers(Values{"12", "-3"}));
  EXPECT_FALSE(are_whole_numbers(Values{"1.5"}));
  EXPECT_FALSE(are_whole_numbers(Values{}));
  EXPECT_TRUE(are_whole_amounts(Values{"1,250", "-3", "(7)"}, '.'));
  EXPECT_TRUE(are_whole_amounts(Values{"1.250"}, ','));
  EXPECT_FALSE(are_whole_amounts(Values{"1,250"}, ','));
  EXPECT_FALSE(are_whole_amounts(Values{"$5"}, '.'));
  EXPECT_FALSE(are_whole_amounts(Values{"5 EUR"}, '.'));
  EXPECT_FALSE(are_whole_amounts(Values{}, '.'));
  EXPECT_TRUE(are_unique(Values{"a", "b"}));
  EXPECT_FALSE(are_unique(Values{"a", "a"}));
}

}  // namespace
}  // namespace payferry
