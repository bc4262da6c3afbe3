#include "loader/run/masked_row.hpp"

#include <gtest/gtest.h>

namespace payferry {
namespace {

const std::string kCard = "4111111111111111";
const std::string kMark = "[card number ending in 1111 masked by payferry]";

std::string csv(std::string_view raw, const std::vector<std::string>& card_like = {}) {
  return masked_csv_row(raw, ',', {"a", "b"}, card_like);
}

TEST(MaskedRow, ACsvRowWithoutACardNumberStaysAsItStood) {
  for (const char* row :
       {"1,2", "\"1\" ,\"x \"\"y\"\"\"", "1", "1,2,3", "1,\"open", "", "1234567890123456,1"})
    EXPECT_EQ(csv(row), row);
}

TEST(MaskedRow, OnlyTheCellWithTheCardNumberChangesItsText) {
  EXPECT_EQ(csv("\"x, \"\"y\"\"\"," + kCard), "\"x, \"\"y\"\"\"," + kMark);
  EXPECT_EQ(csv("\"two\nlines " + kCard + "\",1"), "\"two\nlines " + kMark + "\",1");
}

TEST(MaskedRow, ANumberThatTwoCellsMakeTogetherIsNone) {
  EXPECT_EQ(masked_csv_row("4111 1111 1111 1111", ' ', {"a", "b", "c", "d"}, {}),
            "4111 1111 1111 1111");
}

TEST(MaskedRow, AColumnThatMayHoldSuchDigitsKeepsThem) {
  EXPECT_EQ(csv(kCard + "," + kCard, {"b"}), kMark + "," + kCard);
  EXPECT_EQ(csv(kCard + "," + kCard, {"a", "b"}), kCard + "," + kCard);
}

TEST(MaskedRow, ACsvRowOfAnotherShapeIsMarkedAsAWholeWhateverTheColumns) {
  for (const std::string& rest :
       {std::string(""), std::string(",1,2"), std::string(",\"open"), std::string(",\"a\"b")})
    EXPECT_EQ(csv(kCard + rest, {"a", "b"}), kMark + rest);
}

TEST(MaskedRow, AJsonRowWithNothingToMarkStaysAsItStood) {
  for (const char* row : {R"({ "a" : 1.0 })", R"({"a":"\u00e9"})", "torn {", ""})
    EXPECT_EQ(masked_json_row(row, {}), row);
}

TEST(MaskedRow, DigitsOfAJsonRowAreSeenThroughEscapes) {
  EXPECT_EQ(masked_json_row(R"({"a":"\u0034111111111111111"})", {}), R"({"a":")" + kMark + R"("})");
}

TEST(MaskedRow, KeysOfAJsonRowAreMarkedToo) {
  EXPECT_EQ(masked_json_row("{\"" + kCard + "\":1}", {}), "{\"" + kMark + "\":1}");
  EXPECT_EQ(masked_json_row("{\"" + kCard + "\":{\"b\":1}}", {kCard + ".b"}),
            "{\"" + kCard + "\":{\"b\":1}}");
}

TEST(MaskedRow, APathOfAJsonRowThatMayHoldSuchDigitsKeepsThem) {
  EXPECT_EQ(masked_json_row("{\"a\":[1,\"" + kCard + "\"],\"b\":" + kCard + "}", {"a.1"}),
            "{\"a\":[1,\"" + kCard + "\"],\"b\":\"" + kMark + "\"}");
}

TEST(MaskedRow, ATornJsonRowIsMarkedAsAWhole) {
  EXPECT_EQ(masked_json_row("{\"a\":\"" + kCard, {"a"}), "{\"a\":\"" + kMark);
}

}  // namespace
}  // namespace payferry
