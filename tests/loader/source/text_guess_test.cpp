#include "loader/source/text_guess.hpp"

#include <gtest/gtest.h>

namespace payferry {
namespace {

char delimiter_of(const std::string& text, bool is_whole = true) {
  ContentHead head;
  head.name = "a.csv";
  head.text = text;
  head.is_whole = is_whole;
  return guess_delimiter(head, InputEncoding::utf8);
}

TEST(TextGuess, TellsTheDelimiter) {
  EXPECT_EQ(delimiter_of("id,amount\nA,1.00\n"), ',');
  EXPECT_EQ(delimiter_of("id;amount\nA;1,00\n"), ';');
  EXPECT_EQ(delimiter_of("id\tamount\nA\t1,00\n"), '\t');
  EXPECT_EQ(delimiter_of("id|amount\nA|1,00\n"), '|');
}

TEST(TextGuess, TakesTheDelimiterInWhichTheRowsAgree) {
  EXPECT_EQ(delimiter_of("id;name, first;amount\nA;Doe, Ann, Dr.;1,00\nB;Roe;2,00\n"), ';');
  EXPECT_EQ(delimiter_of("id,note,amount\nA,a;b;c;d,1.00\nB,e;f,2.00\n"), ',');
}

/// Of the first fifty rows; those behind it are for the reading to judge.
TEST(TextGuess, ComparesFiftyRows) {
  const auto rows = [](std::size_t count, const std::string& row) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += row;
    return text;
  };
  const std::string header = "id;name,amount\n";
  EXPECT_EQ(delimiter_of(header + rows(20, "A;x\n") + rows(30, "A,x\n")), ',');
  EXPECT_EQ(delimiter_of(header + rows(30, "A;x\n") + rows(20, "A,x\n") + rows(40, "A,x\n")), ';');
}

TEST(TextGuess, MindsQuotes) {
  EXPECT_EQ(delimiter_of("id;amount\n\"A,B,C\";\"1,00\"\n\"D\nE\";\"2,00\"\n"), ';');
}

TEST(TextGuess, ReadsNoMoreIntoAHeaderAlone) {
  EXPECT_EQ(delimiter_of("id;amount;date\n"), ';');
  EXPECT_EQ(delimiter_of("id"), ',');
  EXPECT_EQ(delimiter_of(""), ',');
}

TEST(TextGuess, FindsTheDelimiterOfAHeaderThatCannotBeUsed) {
  EXPECT_EQ(delimiter_of("id;amount;id\nA;1;2\n"), ';');
}

TEST(TextGuess, IsNotMisledByARowThatIsCutOff) {
  EXPECT_EQ(delimiter_of("id,amount,note\nA,1.00,x\nB,2.0", false), ',');
}

TEST(TextGuess, TellsTheEncoding) {
  EXPECT_EQ(guess_encoding("plain", false), InputEncoding::utf8);
  EXPECT_EQ(guess_encoding("caf\xC3\xA9", false), InputEncoding::utf8);
  EXPECT_EQ(guess_encoding("caf\xE9 \x80", false), InputEncoding::windows1252);
  EXPECT_EQ(guess_encoding("caf\xE9 \x81", false), InputEncoding::latin1);
}

TEST(TextGuess, MindsNoCharacterThatIsCutOff) {
  EXPECT_EQ(guess_encoding("caf\xC3", true), InputEncoding::utf8);
  EXPECT_EQ(guess_encoding("caf\xC3", false), InputEncoding::windows1252);
}

}  // namespace
}  // namespace payferry
