#include "model/json_number.hpp"

#include <gtest/gtest.h>

namespace payferry {
namespace {

std::string number(std::string_view text) {
  const auto decimal = parse_number_with_exponent(text);
  if (decimal) return decimal->to_string();
  return decimal.error() == DecimalProblem::too_many_digits ? "too many digits" : "none";
}

TEST(NumberWithExponent, IsReadExactly) {
  EXPECT_EQ(number("1e2"), "100");
  EXPECT_EQ(number("1.5E+3"), "1500");
  EXPECT_EQ(number("125e-2"), "1.25");
  EXPECT_EQ(number("-1.25e1"), "-12.5");
  EXPECT_EQ(number("1.25e2"), "125");
  EXPECT_EQ(number("0.001e3"), "1");
  EXPECT_EQ(number("0.00125e1"), "0.0125");
  EXPECT_EQ(number("1e-17"), "0.00000000000000001");
  EXPECT_EQ(number("1e14"), "100000000000000");
  EXPECT_EQ(number("1.2345678901234567e0"), "1.2345678901234567");
  EXPECT_EQ(number("123456789012345678e-5"), "1234567890123.45678");
}

TEST(NumberWithExponent, ZerosThatSayNothingAreDropped) {
  EXPECT_EQ(number("1.50E+1"), "15");
  EXPECT_EQ(number("1500e-3"), "1.5");
  EXPECT_EQ(number("1.10e0"), "1.1");
}

TEST(NumberWithExponent, ZeroIsZeroWhateverItsExponent) {
  EXPECT_EQ(number("0e0"), "0");
  EXPECT_EQ(number("-0.00e-999999999999"), "0");
  EXPECT_EQ(number("0E+99999999999999999999"), "0");
}

TEST(NumberWithExponent, MoreDigitsThanADecimalHasAreNotTaken) {
  EXPECT_EQ(number("1e15"), "too many digits");
  EXPECT_EQ(number("1e-18"), "too many digits");
  EXPECT_EQ(number("1e400"), "too many digits");
  EXPECT_EQ(number("1e-2147483648"), "too many digits");
  EXPECT_EQ(number("1e2147483647"), "too many digits");
  EXPECT_EQ(number("1e99999999999999999999"), "too many digits");
}

TEST(NumberWithExponent, NothingElseIsOne) {
  for (const char* text :
       {"",      "e",     "e2",   "1",    "1.5",  "1e",      "1e+", "1e+-2", "1e2.5",   "1e2e3",
        "0x1p3", "1,5e3", "+1e2", " 1e2", "1e2 ", "GBP 1e2", "-",   ".5e1",  "1.5.5e1", "--1e2"})
    EXPECT_EQ(number(text), "none") << text;
}

}  // namespace
}  // namespace payferry
