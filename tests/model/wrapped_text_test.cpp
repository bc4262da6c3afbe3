#include "model/wrapped_text.hpp"

#include <gtest/gtest.h>

namespace payferry {
namespace {

TEST(WrappedText, BreaksBetweenWords) {
  const std::string word(38, 'a');
  EXPECT_EQ(wrapped(word + " " + word + " b", "  ", "    "),
            "  " + word + " " + word + "\n    b\n");
}

TEST(WrappedText, CountsCharactersAndNotBytes) {
  std::string word;
  for (int i = 0; i < 38; ++i) word += "é";
  EXPECT_EQ(wrapped(word + " " + word, "- ", "  "), "- " + word + " " + word + "\n");
}

TEST(WrappedText, CutsNoWord) {
  const std::string path(200, 'p');
  EXPECT_EQ(wrapped("see " + path + " there", "", " "), "see\n " + path + "\n there\n");
}

TEST(WrappedLines, LeavesWhatFits) {
  EXPECT_EQ(wrapped_lines("one  two\n  payferry resume may\n"),
            "one  two\n  payferry resume may\n");
  EXPECT_EQ(wrapped_lines("no line end"), "no line end\n");
  EXPECT_EQ(wrapped_lines(""), "");
}

TEST(WrappedLines, WrapsEachSentenceThatDoesNotFit) {
  const std::string word(38, 'a');
  EXPECT_EQ(wrapped_lines("short\n" + word + " " + word + " bc\nshort"),
            "short\n" + word + " " + word + "\n  bc\nshort\n");
}

TEST(WrappedLines, LeavesWhatBeginsWithABlank) {
  const std::string word(60, 'a');
  for (const std::string& line :
       {"  payferry resume '" + word + " b  c d'\n", "  results  /" + word + "/May  2026/a b c d\n",
        " GBP " + word + "  1,234.00  1,234.00\n"})
    EXPECT_EQ(wrapped_lines("go on with:\n" + line + "end"), "go on with:\n" + line + "end\n");
}

TEST(WrappedLines, KeepsSeveralBlanksOfAPath) {
  const std::string word(70, 'a');
  EXPECT_EQ(wrapped_lines("payferry: cannot open " + word + "/May  2026 and so on"),
            "payferry: cannot open\n  " + word + "/May  2026\n  and so on\n");
}

TEST(WrappedOptions, KeepsAColumnBehindAGap) {
  const std::string word(38, 'a');
  EXPECT_EQ(wrapped_options("  --option é  " + word + " " + word),
            "  --option é  " + word + "\n              " + word + "\n");
}

TEST(WrappedOptions, WrapsALineWithoutAGapFurtherIn) {
  const std::string word(38, 'a');
  EXPECT_EQ(wrapped_options("short\n  " + word + " " + word + " b\nshort"),
            "short\n  " + word + " " + word + "\n    b\nshort\n");
}

TEST(WrappedOptions, LeavesACommandWhole) {
  const std::string command = "  payferry resume '" + std::string(80, 'a') + " b'\n";
  EXPECT_EQ(wrapped_options("Example:\n" + command), "Example:\n" + command);
}

TEST(WrappedText, TakesLineEndsForBlanks) {
  EXPECT_EQ(wrapped("a\n  b", "", ""), "a b\n");
}

}  // namespace
}  // namespace payferry
