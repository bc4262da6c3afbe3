#include "model/decimal.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

namespace payferry {
namespace {

TEST(Decimal, ReadsHubSpotsNumberSyntax) {
  EXPECT_EQ(Decimal::parse("99.99")->to_string(), "99.99");
  EXPECT_EQ(Decimal::parse("-0.05")->to_string(), "-0.05");
  EXPECT_EQ(Decimal::parse("0")->to_string(), "0");
  EXPECT_EQ(Decimal::parse("12.500")->to_string(), "12.500");
  EXPECT_EQ(Decimal::parse("0012")->to_string(), "12");
  EXPECT_EQ(Decimal::parse(".5")->to_string(), "0.5");
  EXPECT_EQ(Decimal::parse("5.")->to_string(), "5");
}

TEST(Decimal, RefusesWhatIsNotANumber) {
  for (const char* text :
       {"", "-", ".", "-.", "+1", "1e3", "1,5", "1.2.3", "--1", "1 ", " 1", "1-", "0x1", "nan"}) {
    EXPECT_FALSE(Decimal::parse(text)) << text;
  }
}

TEST(Decimal, TakesAQuadrillionAndSeventeenDecimalsAndNoMore) {
  EXPECT_TRUE(Decimal::parse("999999999999999.12345678901234567"));
  EXPECT_FALSE(Decimal::parse("1000000000000000"));
  EXPECT_FALSE(Decimal::parse("0.123456789012345678"));
  EXPECT_TRUE(Decimal::parse("00000000000000000000000000000000000000000000000000001"));
}

TEST(Decimal, AddsAtTheFinerScale) {
  const Decimal sum = *Decimal::parse("1.5") + *Decimal::parse("2.25");
  EXPECT_EQ(sum.to_string(), "3.75");
  EXPECT_EQ((*Decimal::parse("0.10") + *Decimal::parse("0.2")).to_string(), "0.30");
  EXPECT_EQ((*Decimal::parse("1") - *Decimal::parse("1.01")).to_string(), "-0.01");
}

TEST(Decimal, ComparesAsNumbers) {
  EXPECT_EQ(*Decimal::parse("1.50"), *Decimal::parse("1.5"));
  EXPECT_EQ(*Decimal::parse("-0.0"), *Decimal::parse("0"));
  EXPECT_LT(*Decimal::parse("-1.5"), *Decimal::parse("-1.49"));
  EXPECT_GT(*Decimal::parse("10"), *Decimal::parse("9.999"));
}

TEST(Decimal, ComparesNumbersThatHaveNoCommonScale) {
  const Decimal huge(
      static_cast<Decimal::Coefficient>(1'000'000'000'000'000'000) * 1'000'000'000'000'000'000, 0);
  const Decimal fine(1, 30);
  EXPECT_GT(huge, fine);
  EXPECT_LT(fine, huge);
  EXPECT_LT(Decimal() - huge, fine);
  EXPECT_GT(fine, Decimal() - huge);
}

TEST(Decimal, ThrowsRatherThanLosingADigit) {
  Decimal nines = *Decimal::parse("999999999999999");
  Decimal sum(0, 17);
  EXPECT_NO_THROW(sum += nines);
  const Decimal largest(
      static_cast<Decimal::Coefficient>(5'000'000'000'000'000'000) * 10'000'000'000'000'000'000U,
      0);
  EXPECT_THROW(largest + largest, std::overflow_error);
  EXPECT_THROW(largest + Decimal(1, 1), std::overflow_error);
  EXPECT_NO_THROW(Decimal(0, 0) + Decimal(1, 38));
}

TEST(Decimal, SumsAMillionOfTheLargestAmountsExactly) {
  Decimal sum;
  const Decimal amount = *Decimal::parse("999999999999999.99999999999999999");
  for (int i = 0; i < 1'000'000; ++i) sum += amount;
  EXPECT_EQ(sum.to_string(), "999999999999999999999.99999999999000000");
}

/// A reference that adds as one does on paper: digits in text, sign apart, both numbers at 17
/// decimals.
class PaperNumber {
 public:
  explicit PaperNumber(std::string_view text) : negative_(text.starts_with('-')) {
    if (negative_) text.remove_prefix(1);
    const std::size_t point = std::min(text.find('.'), text.size());
    std::string decimals(text.substr(std::min(point + 1, text.size())));
    decimals.resize(17, '0');
    digits_ = std::string(text.substr(0, point)) + decimals;
    digits_.insert(0, 40 - digits_.size(), '0');
  }

  void add(const PaperNumber& other) {
    if (negative_ == other.negative_) {
      digits_ = plus(digits_, other.digits_);
    } else if (digits_ >= other.digits_) {
      digits_ = minus(digits_, other.digits_);
    } else {
      digits_ = minus(other.digits_, digits_);
      negative_ = other.negative_;
    }
  }

  std::string to_string() const {
    std::string integer = digits_.substr(0, digits_.size() - 17);
    integer.erase(0, std::min(integer.find_first_not_of('0'), integer.size() - 1));
    const bool zero = digits_.find_first_not_of('0') == std::string::npos;
    return (negative_ && !zero ? "-" : "") + integer + "." + digits_.substr(digits_.size() - 17);
  }

 private:
  static std::string plus(std::string left, const std::string& right) {
    int carry = 0;
    for (std::size_t at = left.size(); at-- > 0;) {
      const int sum = (left[at] - '0') + (right[at] - '0') + carry;
      left[at] = static_cast<char>('0' + sum % 10);
      carry = sum / 10;
    }
    return left;
  }

  static std::string minus(std::string left, const std::string& right) {
    int borrow = 0;
    for (std::size_t at = left.size(); at-- > 0;) {
      int difference = (left[at] - '0') - (right[at] - '0') - borrow;
      borrow = difference < 0 ? 1 : 0;
      left[at] = static_cast<char>('0' + (difference + 10) % 10);
    }
    return left;
  }

  bool negative_;
  std::string digits_;
};

std::string random_amount(std::mt19937_64& random) {
  std::string text = random() % 2 == 0 ? "-" : "";
  for (std::size_t left = 1 + random() % 15; left > 0; --left)
    text += static_cast<char>('0' + random() % 10);
  const std::size_t decimals = random() % 18;
  if (decimals > 0) text += '.';
  for (std::size_t left = decimals; left > 0; --left)
    text += static_cast<char>('0' + random() % 10);
  return text;
}

TEST(Decimal, AddsLikeArithmeticOnPaper) {
  std::mt19937_64 random(20261123);
  for (int round = 0; round < 200; ++round) {
    Decimal sum(0, 17);
    PaperNumber expected("0");
    for (int i = 0; i < 50; ++i) {
      const std::string text = random_amount(random);
      sum += Decimal::parse(text).value();
      expected.add(PaperNumber(text));
      ASSERT_EQ(sum.to_string(), expected.to_string()) << text;
    }
  }
}

TEST(Decimal, TakingAwayUndoesAddingInAnyOrder) {
  std::mt19937_64 random(7);
  std::vector<Decimal> amounts;
  Decimal sum;
  for (int i = 0; i < 500; ++i)
    sum += amounts.emplace_back(Decimal::parse(random_amount(random)).value());
  std::shuffle(amounts.begin(), amounts.end(), random);
  for (const Decimal& amount : amounts) sum -= amount;
  EXPECT_EQ(sum, Decimal());
}

}  // namespace
}  // namespace payferry
