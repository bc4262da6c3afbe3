#include "loader/source/text_encoding.hpp"

#include <gtest/gtest.h>

namespace payferry {
namespace {

std::string as_utf8(InputEncoding encoding, std::string_view text) {
  std::string out = "<";
  append_as_utf8(out, encoding, text);
  return out.substr(1);
}

TEST(TextEncoding, ConvertsEveryLatin1Byte) {
  for (int code = 0; code < 256; ++code) {
    const std::string byte(1, static_cast<char>(code));
    EXPECT_EQ(find_invalid(InputEncoding::latin1, byte), std::nullopt);
    const std::string utf8 = as_utf8(InputEncoding::latin1, byte);
    EXPECT_EQ(find_invalid(InputEncoding::utf8, utf8), std::nullopt) << code;
    EXPECT_EQ(utf8.size(), code < 0x80 ? 1U : 2U);
  }
  EXPECT_EQ(as_utf8(InputEncoding::latin1, "\xFF"), "ÿ");
}

TEST(TextEncoding, KnowsWhatWindows1252HasInPlaceOfControls) {
  EXPECT_EQ(as_utf8(InputEncoding::windows1252, "\x80\x85\x91\x92\x99\x9F\xA3\xFF"), "€…‘’™Ÿ£ÿ");
}

TEST(TextEncoding, KnowsTheFiveBytesThatWindows1252DoesNotHave) {
  int unknown = 0;
  for (int code = 0; code < 256; ++code) {
    if (find_invalid(InputEncoding::windows1252, std::string(1, static_cast<char>(code))))
      ++unknown;
  }
  EXPECT_EQ(unknown, 5);
  EXPECT_EQ(find_invalid(InputEncoding::windows1252, "ab\x9D"), 2U);
}

TEST(TextEncoding, LeavesUtf8AsItIs) {
  EXPECT_EQ(as_utf8(InputEncoding::utf8, "é"), "é");
}

}  // namespace
}  // namespace payferry
