#include "model/json_escape.hpp"

#include <gtest/gtest.h>

namespace payferry {
namespace {

TEST(JsonEscape, LettersStandForControlsOrThemselves) {
  EXPECT_EQ(unescaped_letter('b'), '\b');
  EXPECT_EQ(unescaped_letter('f'), '\f');
  EXPECT_EQ(unescaped_letter('n'), '\n');
  EXPECT_EQ(unescaped_letter('r'), '\r');
  EXPECT_EQ(unescaped_letter('t'), '\t');
  for (const char letter : {'"', '\\', '/', 'x'}) EXPECT_EQ(unescaped_letter(letter), letter);
}

TEST(JsonEscape, ReadsFourDigitsOfEitherCase) {
  EXPECT_EQ(read_unicode_escape("\\u20aC and more"), char32_t{0x20AC});
  EXPECT_EQ(read_unicode_escape("\\u0000"), char32_t{0});
  EXPECT_EQ(read_unicode_escape("\\uFFFF"), char32_t{0xFFFF});
  for (const std::string_view text :
       {"", "\\u", "\\u20a", "\\u20ag", "\\u20a`", "\\u-123", "\\x20ac", "x\\u20ac", "\\U20AC"}) {
    EXPECT_FALSE(read_unicode_escape(text)) << text;
  }
}

TEST(JsonEscape, JoinsSurrogates) {
  EXPECT_EQ(join_surrogates(0xD800, 0xDC00), char32_t{0x10000});
  EXPECT_EQ(join_surrogates(0xD83D, 0xDE00), char32_t{0x1F600});
  EXPECT_EQ(join_surrogates(0xDBFF, 0xDFFF), char32_t{0x10FFFF});
  EXPECT_TRUE(is_high_surrogate(0xD800) && is_high_surrogate(0xDBFF));
  EXPECT_FALSE(is_high_surrogate(0xD7FF) || is_high_surrogate(0xDC00));
  EXPECT_TRUE(is_low_surrogate(0xDC00) && is_low_surrogate(0xDFFF));
  EXPECT_FALSE(is_low_surrogate(0xDBFF) || is_low_surrogate(0xE000));
}

}  // namespace
}  // namespace payferry
