#include "model/currency.hpp"

#include <gtest/gtest.h>

namespace payferry {
namespace {

TEST(Currency, KnowsTheDecimalsOfMinorUnits) {
  EXPECT_EQ(Currency::parse("USD")->exponent(), 2U);
  EXPECT_EQ(Currency::parse("GBP")->exponent(), 2U);
  EXPECT_EQ(Currency::parse("JPY")->exponent(), 0U);
  EXPECT_EQ(Currency::parse("KWD")->exponent(), 3U);
  EXPECT_EQ(Currency::parse("CLF")->exponent(), 4U);
  EXPECT_EQ(Currency::parse("AED")->exponent(), 2U);
  EXPECT_EQ(Currency::parse("ZWL")->exponent(), 2U);
}

TEST(Currency, GivesNoDecimalsForCodesThatAreNotListed) {
  EXPECT_FALSE(Currency::parse("XAU")->exponent());
  EXPECT_FALSE(Currency::parse("ZZZ")->exponent());
  EXPECT_FALSE(Currency().exponent());
}

TEST(Currency, ReadsThreeLettersOfEitherCase) {
  EXPECT_EQ(Currency::parse("gbp"), Currency::parse("GBP"));
  EXPECT_EQ(Currency::parse("eUr")->code(), "EUR");
  for (const char* text : {"", "US", "USDX", "U1D", "$US", "us ", "\xC3\x84U"})
    EXPECT_FALSE(Currency::parse(text)) << text;
}

TEST(Currency, StandsForNoneByDefault) {
  EXPECT_EQ(Currency().code(), "XXX");
  EXPECT_FALSE(Currency().is_known());
  EXPECT_TRUE(Currency::parse("USD")->is_known());
}

TEST(Currency, ListsEachCodeInOneGroupOnly) {
  int listed = 0;
  for (char a = 'A'; a <= 'Z'; ++a) {
    for (char b = 'A'; b <= 'Z'; ++b) {
      for (char c = 'A'; c <= 'Z'; ++c) {
        const std::string code{a, b, c};
        if (Currency::parse(code)->exponent()) ++listed;
      }
    }
  }
  EXPECT_EQ(listed, 18 + 152 + 7 + 2);
}

}  // namespace
}  // namespace payferry
