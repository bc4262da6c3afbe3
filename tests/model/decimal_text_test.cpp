#include "model/decimal_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>

namespace payferry {
namespace {

using testing::AnyOf;

std::string read(std::string_view text, char decimal_mark = '.', Currency currency = Currency()) {
  const auto decimal = parse_decimal_text(text, decimal_mark, currency);
  if (decimal) return decimal->to_string();
  switch (decimal.error()) {
    case DecimalProblem::not_a_number:
      return "not a number";
    case DecimalProblem::wrong_grouping:
      return "wrong grouping";
    case DecimalProblem::too_many_digits:
      return "too many digits";
    case DecimalProblem::other_currency:
      return "other currency";
  }
  return {};
}

struct Row {
  const char* text;
  const char* expected;
};

TEST(DecimalText, ACodeMustBeTheRecordsCurrency) {
  const Currency pounds = *Currency::parse("GBP");
  for (const std::string_view text : {"GBP 12.00", "12.00gbp", "-GBP12.00", "(12.00 GBP)"})
    EXPECT_THAT(read(text, '.', pounds), AnyOf("12.00", "-12.00")) << text;
  for (const std::string_view text : {"USD 12.00", "12.00usd", "-USD12.00", "(12.00 EUR)"})
    EXPECT_EQ(read(text, '.', pounds), "other currency") << text;
  EXPECT_EQ(read("$12.00", '.', pounds), "12.00") << "a sign may stand for several";
  EXPECT_EQ(read("USD 12.00"), "12.00") << "no currency is known";
}

TEST(DecimalText, IsReadWithADecimalPoint) {
  for (const Row& row : {
           Row{"1234.5", "1234.5"},
           Row{"0", "0"},
           Row{"007.50", "7.50"},
           Row{".5", "0.5"},
           Row{"5.", "5"},
           Row{"12.500", "12.500"},
           Row{"1,234.50", "1234.50"},
           Row{"1,234,567", "1234567"},
           Row{"12,345,678.9", "12345678.9"},
           Row{"12,34,567.00", "1234567.00"},
           Row{"1,23,45,678", "12345678"},
           Row{"1 234.50", "1234.50"},
           Row{"1'234'567.50", "1234567.50"},
           Row{"1\xE2\x80\x99"
               "234.50",
               "1234.50"},
           Row{"999999999999999.99", "999999999999999.99"},
       }) {
    EXPECT_EQ(read(row.text), row.expected) << row.text;
  }
}

TEST(DecimalText, IsReadWithADecimalComma) {
  for (const Row& row : {
           Row{"1234,5", "1234.5"},
           Row{"1.234,50", "1234.50"},
           Row{"1.234.567,89", "1234567.89"},
           Row{"1.234", "1234"},
           Row{"1 234,50", "1234.50"},
           Row{"1\xC2\xA0"
               "234\xC2\xA0"
               "567,50",
               "1234567.50"},
           Row{"1\xE2\x80\xAF"
               "234,50",
               "1234.50"},
           Row{",5", "0.5"},
           Row{"-0,05", "-0.05"},
           Row{"1.5", "wrong grouping"},
           Row{"12.34", "wrong grouping"},
           Row{"1,234.50", "wrong grouping"},
           Row{"0.123", "wrong grouping"},
       }) {
    EXPECT_EQ(read(row.text, ','), row.expected) << row.text;
  }
}

TEST(DecimalText, IsReadWithASign) {
  for (const Row& row : {
           Row{"-12.50", "-12.50"},
           Row{"- 12.50", "-12.50"},
           Row{"+12.50", "12.50"},
           Row{"12.50-", "-12.50"},
           Row{"12.50 -", "-12.50"},
           Row{"\xE2\x88\x92"
               "12.50",
               "-12.50"},
           Row{"(12.00)", "-12.00"},
           Row{"( 1,234.00 )", "-1234.00"},
           Row{"-0.00", "0.00"},
           Row{"--12", "not a number"},
           Row{"-12-", "not a number"},
           Row{"+-12", "not a number"},
           Row{"(-12)", "not a number"},
           Row{"12+", "not a number"},
           Row{"(12", "not a number"},
           Row{"12)", "not a number"},
           Row{")12(", "not a number"},
           Row{"((12))", "not a number"},
       }) {
    EXPECT_EQ(read(row.text), row.expected) << row.text;
  }
}

TEST(DecimalText, IsReadWithACurrency) {
  for (const Row& row : {
           Row{"$12.50", "12.50"},         Row{"£12.50", "12.50"},
           Row{"€ 12.50", "12.50"},        Row{"12.50 €", "12.50"},
           Row{"12.50\xC2\xA0€", "12.50"}, Row{"₹1,23,456.00", "123456.00"},
           Row{"US$1,234.50", "1234.50"},  Row{"USD 12.50", "12.50"},
           Row{"12.50USD", "12.50"},       Row{"gbp 12.50", "12.50"},
           Row{"-$12.50", "-12.50"},       Row{"$-12.50", "-12.50"},
           Row{"$(12.50)", "-12.50"},      Row{"($12.50)", "-12.50"},
           Row{"(12.50) USD", "-12.50"},   Row{"¥1000", "1000"},
           Row{"50¢", "not a number"},     Row{"$12.50 USD", "not a number"},
           Row{"ABC 12", "not a number"},  Row{"12 dollars", "not a number"},
           Row{"12$50", "not a number"},   Row{"\xE2\x83\x31.5", "not a number"},
       }) {
    EXPECT_EQ(read(row.text), row.expected) << row.text;
  }
}

TEST(DecimalText, IsNeverReadAsAnotherNumberForItsSeparators) {
  for (const char* text : {"1,23", "1,2345", "12,34.56", "1234,567", "1,234,56", "1,,234", ",123",
                           "1,", "0,123", "0,123,456", "1.234,5", "1.5,000", "1,234,5678",
                           "123,45,678", "1,23,4567", "12 5", "1,2,345", "123,45,67,890"}) {
    EXPECT_FALSE(parse_decimal_text(text, '.')) << text;
  }
  EXPECT_EQ(read("1,23"), "wrong grouping");
  EXPECT_EQ(read("1,234 567"), "not a number");
}

TEST(DecimalText, IsNothingElse) {
  for (const char* text :
       {"",     " ",     "-",   "()",  "$",   "USD", "12,5O", "12.5O", "abc",  "1e5",   "1E+5",
        "0x10", "1.2.3", "1/2", "50%", "NaN", "inf", "1_000", "12:30", "#N/A", "1 .5 0"}) {
    EXPECT_FALSE(parse_decimal_text(text, '.')) << text;
  }
  EXPECT_EQ(read("12,5O"), "not a number");
}

TEST(DecimalText, HasAsManyDigitsAsSumsCanHold) {
  EXPECT_EQ(read("1000000000000000"), "too many digits");
  EXPECT_EQ(read("1,000,000,000,000,000"), "too many digits");
  EXPECT_EQ(read("0.123456789012345678"), "too many digits");
  EXPECT_EQ(read(std::string(5000, '9')), "too many digits");
  EXPECT_EQ(read("0.12345678901234567"), "0.12345678901234567");
}

/// Writes the digits in groups of three.
std::string grouped(std::string digits, std::string_view separator) {
  for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, separator);
  return digits;
}

TEST(DecimalText, ReadsEveryGroupedNumberAsThePlainOne) {
  std::mt19937_64 random(11);
  for (int round = 0; round < 5'000; ++round) {
    const std::string integer = std::to_string(random() % 1'000'000'000'000'000ULL);
    const std::string decimals = std::to_string(random() % 1'000);
    const std::string plain = integer + "." + decimals;
    for (const std::string_view separator : {",", " ", "'", "\xC2\xA0", "\xE2\x80\xAF"}) {
      ASSERT_EQ(read(grouped(integer, separator) + "." + decimals), plain);
    }
    ASSERT_EQ(read("-" + grouped(integer, ".") + "," + decimals, ','), "-" + plain);
  }
}

TEST(DecimalText, SurvivesRandomText) {
  std::mt19937 random(5);
  constexpr std::string_view kPieces = "0123456789.,'-+() $\xC2\xA0\xE2\x80\xAFUSDeE";
  for (int round = 0; round < 50'000; ++round) {
    std::string text;
    for (std::size_t left = random() % 12; left > 0; --left)
      text += kPieces[random() % kPieces.size()];
    const auto decimal = parse_decimal_text(text, round % 2 == 0 ? '.' : ',');
    if (decimal) {
      ASSERT_TRUE(Decimal::parse(decimal->to_string())) << text;
    }
  }
}

}  // namespace
}  // namespace payferry
