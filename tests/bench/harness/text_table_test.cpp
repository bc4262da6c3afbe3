#include "bench/harness/text_table.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace payferry::bench {
namespace {

std::size_t longest_line(const std::string& text) {
  std::size_t most = 0;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) most = std::max(most, line.size());
  return most;
}

TEST(TextTable, SetsNamesLeftAndFiguresRight) {
  EXPECT_EQ(to_text({{"", "speed"}, {{"reader", "9"}, {"µ", "1,000"}}}),
            "          speed\n"
            "  reader      9\n"
            "  µ       1,000\n");
}

TEST(TextTable, BreaksLongHeadsAndLetsThemEndOnOneLine) {
  EXPECT_EQ(to_text({{"", "allocations a record", "s"}, {{"a", "0", "1"}}}),
            "     allocations\n"
            "        a record  s\n"
            "  a            0  1\n");
}

TEST(TextTable, HasNoLineOverEightyColumns) {
  TextTable table{{""}, {{"a subject"}}};
  for (int column = 0; column < 9; ++column) {
    table.head.push_back("figure " + std::to_string(column) + ", MiB");
    table.rows[0].push_back("1,234,000 ±12");
  }
  const std::string text = to_text(table);
  EXPECT_LE(longest_line(text), kMostColumns + 4) << text;  // ± takes two bytes
  for (int column = 0; column < 9; ++column) {
    EXPECT_NE(text.find("figure " + std::to_string(column)), text.npos) << text;
  }
  EXPECT_NE(text.find("\n\n"), text.npos) << "the columns that do not fit follow below";
}

TEST(TextTable, KeepsAColumnThatIsTooWideAlone) {
  const std::string wide(100, 'x');
  EXPECT_NE(to_text({{"", "a"}, {{"b", wide}}}).find(wide), std::string::npos);
}

TEST(TextTable, IsMarkdownToo) {
  EXPECT_EQ(to_markdown({{"", "speed, MB/s", "s"}, {{"reader", "9", "1"}}}),
            "|  | speed, MB/s | s |\n"
            "| --- | ---: | ---: |\n"
            "| reader | 9 | 1 |\n");
}

TEST(Wrapped, KeepsWordsWholeInLinesOfEightyColumns) {
  EXPECT_EQ(wrapped("a note"), "  a note\n");
  std::string words;
  for (int word = 0; word < 30; ++word) words += "word" + std::to_string(word) + " ";
  const std::string text = wrapped(words);
  EXPECT_LE(longest_line(text), kMostColumns);
  EXPECT_GT(longest_line(text), kMostColumns - 8);
  EXPECT_NE(text.find("word29\n"), text.npos);
}

}  // namespace
}  // namespace payferry::bench
