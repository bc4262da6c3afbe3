#include "loader/source/utf8.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

namespace payferry {
namespace {

using namespace std::string_literals;

std::string encode(std::uint32_t code) {
  const auto byte = [](std::uint32_t value) { return std::string(1, static_cast<char>(value)); };
  const auto tail = [&](int shift) { return byte(0x80 | (code >> shift & 0x3F)); };
  if (code < 0x80) return byte(code);
  if (code < 0x800) return byte(0xC0 | code >> 6) + tail(0);
  if (code < 0x10000) return byte(0xE0 | code >> 12) + tail(6) + tail(0);
  return byte(0xF0 | code >> 18) + tail(12) + tail(6) + tail(0);
}

TEST(Utf8, TakesEveryCharacterAndNoSurrogate) {
  for (std::uint32_t code = 0; code < 0x120000; ++code) {
    const bool surrogate = code >= 0xD800 && code < 0xE000;
    const bool valid = code < 0x110000 && !surrogate;
    ASSERT_EQ(!find_invalid_utf8(encode(code)), valid) << std::hex << code;
  }
}

TEST(Utf8, SaysWhereTheFirstBadByteIs) {
  EXPECT_EQ(find_invalid_utf8("0123456789\xFF"
                              "abc"),
            10U);
  EXPECT_EQ(find_invalid_utf8("01234567\xC3\xA9\xA9"), 10U);
  EXPECT_EQ(find_invalid_utf8("\xC3\xA9 text \xC3"), 8U);
}

TEST(Utf8, RefusesOverlongFormsAndCutOffCharacters) {
  for (const std::string& bad :
       {"\xC0\x80"s, "\xC1\xBF"s, "\xE0\x9F\xBF"s, "\xF0\x8F\xBF\xBF"s, "\xE2\x82"s,
        "\xF0\x9F\x98"s, "\xF8\x88\x80\x80\x80"s, "\x80"s, "\xE2\x28\xA1"s, "\xF0\x9F\x28\xBC"s}) {
    EXPECT_EQ(find_invalid_utf8(bad), 0U) << testing::PrintToString(bad);
  }
}

TEST(Utf8, TakesNulAndNothing) {
  EXPECT_EQ(find_invalid_utf8(""), std::nullopt);
  EXPECT_EQ(find_invalid_utf8("\0\0\0\0\0\0\0\0\0"s), std::nullopt);
}

}  // namespace
}  // namespace payferry
