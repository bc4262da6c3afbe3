#include "loader/source/utf8.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <random>
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

/// Character by character; that short texts are judged rightly is what the tests above see to.
std::optional<std::size_t> first_bad_byte(const std::string& text) {
  std::size_t at = 0;
  while (at < text.size()) {
    std::size_t length = 1;
    while (length <= 4 && find_invalid_utf8(text.substr(at, length))) ++length;
    if (length > 4) return at;
    at += length;
  }
  return std::nullopt;
}

TEST(Utf8, JudgesALongTextLikeItsCharacters) {
  constexpr std::size_t kLongest = 200;
  const std::string pieces[] = {"plain text", "é", "ß", "€", "\xF0\x9F\x98\x80", "\0"s, "naïve"};
  std::mt19937 random(7);
  const auto below = [&](std::size_t limit) { return random() % limit; };
  std::size_t bad = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    // Up to so many kinds of pieces: with few, whole blocks are of short characters.
    const std::size_t kinds = 1 + below(std::size(pieces));
    while (text.size() < below(kLongest)) text += pieces[below(kinds)];
    if (!text.empty() && round % 2 == 1) text[below(text.size())] = static_cast<char>(random());
    if (round % 7 == 0) text.resize(text.size() - std::min<std::size_t>(text.size(), 1));
    const auto expected = first_bad_byte(text);
    bad += expected ? 1 : 0;
    ASSERT_EQ(find_invalid_utf8(text), expected) << testing::PrintToString(text);
  }
  EXPECT_GT(bad, 2'000U);
}

TEST(Utf8, FindsEachBadPlaceOfALongText) {
  for (std::size_t size = 60; size <= 200; ++size) {
    for (const std::string& bad : {"\xFF"s, "\xC3"s, "\xA9"s, "\xC1\xBF"s, "\xE2\x82"s}) {
      for (std::size_t at = 0; at + bad.size() <= size; ++at) {
        std::string text(size, 'x');
        text.replace(at, bad.size(), bad);
        ASSERT_EQ(find_invalid_utf8(text), at) << size << testing::PrintToString(bad);
      }
    }
    for (std::size_t at = 0; at + 2 <= size; ++at) {
      std::string text(size, 'x');
      text.replace(at, 2, "é");
      ASSERT_EQ(find_invalid_utf8(text), std::nullopt) << size << ' ' << at;
    }
  }
}

TEST(Utf8, TakesNulAndNothing) {
  EXPECT_EQ(find_invalid_utf8(""), std::nullopt);
  EXPECT_EQ(find_invalid_utf8("\0\0\0\0\0\0\0\0\0"s), std::nullopt);
}

}  // namespace
}  // namespace payferry
