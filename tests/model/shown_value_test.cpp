#include "model/shown_value.hpp"

#include <gtest/gtest.h>

namespace payferry {
namespace {

TEST(ShownValue, StandsInQuotes) {
  EXPECT_EQ(shown_value("12,5O"), "\"12,5O\"");
  EXPECT_EQ(shown_value(""), "\"\"");
}

TEST(ShownValue, IsCutBehindSixtyCharacters) {
  std::string umlauts;
  for (int i = 0; i < 60; ++i) umlauts += "ü";
  EXPECT_EQ(shown_value(umlauts), '"' + umlauts + '"');
  EXPECT_EQ(shown_value(umlauts + "x"), '"' + umlauts + "…\"");
  EXPECT_EQ(shown_value(std::string(100'000, 'x')), '"' + std::string(60, 'x') + "…\"");
}

TEST(ShownValue, HasItsCardNumbersMaskedEvenWhereTheCutGoesThroughOne) {
  EXPECT_EQ(shown_value("pan 4111111111111111"), "\"pan ************1111\"");
  EXPECT_EQ(shown_value(std::string(50, 'x') + "4111111111111111"),
            '"' + std::string(50, 'x') + "**********…\"");
}

TEST(ShownValue, HasItsCardNumbersMaskedBehindCharactersOfManyBytes) {
  std::string faces;
  for (int i = 0; i < 59; ++i) faces += "\xF0\x9F\x98\x80";
  EXPECT_EQ(shown_value(faces + "4111111111111111"), '"' + faces + "*…\"");
}

TEST(CountCharacters, CountsCodePoints) {
  EXPECT_EQ(count_characters(""), 0U);
  EXPECT_EQ(count_characters("aü€\xF0\x9F\x98\x80"), 4U);
}

}  // namespace
}  // namespace payferry
