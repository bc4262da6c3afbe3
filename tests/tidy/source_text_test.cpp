#include "tidy/source_text.hpp"

#include <gtest/gtest.h>

namespace payferry::test {
namespace {

TEST(SourceText, CommentsBecomeBlanks) {
  EXPECT_EQ(read_source("a; // b\nc").code, "a;     \nc");
  EXPECT_EQ(read_source("a /* b\nc */ d").code, "a     \n     d");
}

TEST(SourceText, TextsBecomeBlanksBetweenTheirQuotes) {
  EXPECT_EQ(read_source(R"(f("a\"b", 'c'))").code, R"(f("    ", ' '))");
  EXPECT_EQ(read_source("f(\"// a\"); b").code, "f(\"    \"); b");
}

TEST(SourceText, RawStringsBecomeBlanksAndTheirLinesAreKnown) {
  const SourceText source = read_source("x\nf(R\"json({\"a\":\n\"//\"})json\");\ny");
  EXPECT_EQ(source.code, "x\nf(R\"          \n          \");\ny");
  EXPECT_EQ(source.golden_lines, (std::set<std::size_t>{2, 3}));
}

TEST(SourceText, ADigitSeparatorIsNoQuote) {
  EXPECT_EQ(read_source("x = 1'000'000; // a").code, "x = 1'000'000;     ");
}

TEST(SourceText, TokensKnowTheirLines) {
  const auto tokens = tokens_of("co_await f(a);\n  b->c");
  ASSERT_EQ(tokens.size(), 9U);
  EXPECT_EQ(tokens[0].text, "co_await");
  EXPECT_EQ(tokens[7].text, "->");
  EXPECT_EQ(tokens[7].line, 2U);
}

}  // namespace
}  // namespace payferry::test
