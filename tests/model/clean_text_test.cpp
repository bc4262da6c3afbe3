#include "model/clean_text.hpp"

#include <gtest/gtest.h>

namespace payferry {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

TEST(CleanText, LeavesAGoodTextAlone) {
  for (const std::string_view text :
       {"", "plain", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80", "\xF4\x8F\xBF\xBF"}) {
    EXPECT_EQ(clean_text(text), text);
  }
}

TEST(CleanText, MakesBlanksOfControlCharacters) {
  EXPECT_EQ(clean_text(std::string_view("a\0b\r\n\x1F\x7F", 7)), "a b    ");
}

TEST(ValidUtf8, ReplacesWhatIsNoUtf8AndNothingElse) {
  const std::string text(2'000, '\n');
  EXPECT_EQ(valid_utf8(text + "\xC3\xA9"), text + "\xC3\xA9");
  EXPECT_EQ(valid_utf8("a\xE9z\xC3"),
            "a" + std::string(kReplacement) + "z" + std::string(kReplacement));
}

TEST(CleanText, ReplacesWhatIsNoUtf8) {
  for (const std::string_view broken :
       {"\x80", "\xFF", "\xC0", "\xC3", "\xF5", "\xE2", "\xED", "\xF0", "\xF4"}) {
    EXPECT_EQ(clean_text("a" + std::string(broken) + "b"), "a" + std::string(kReplacement) + "b");
  }
  // Overlong, a surrogate, beyond the last code point: each of their bytes is one fault.
  EXPECT_EQ(clean_text("\xC1\x81").size(), 2 * kReplacement.size());
  EXPECT_EQ(clean_text("\xE0\x9F\xBF").size(), 3 * kReplacement.size());
  EXPECT_EQ(clean_text("\xED\xA0\x80").size(), 3 * kReplacement.size());
  EXPECT_EQ(clean_text("\xF0\x8F\xBF\xBF").size(), 4 * kReplacement.size());
  EXPECT_EQ(clean_text("\xF4\x90\x80\x80").size(), 4 * kReplacement.size());
}

TEST(CleanText, CutsBetweenCharacters) {
  EXPECT_EQ(clean_text("abcdef", 3), "abc…");
  EXPECT_EQ(clean_text("abc", 3), "abc");
  EXPECT_EQ(clean_text("ab\xC3\xA9", 3), "ab…");
  EXPECT_EQ(clean_text("ab\xC3\xA9", 4), "ab\xC3\xA9");
}

}  // namespace
}  // namespace payferry
