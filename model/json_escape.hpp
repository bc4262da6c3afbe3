#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace payferry {

/// "\u" and four digits.
inline constexpr std::size_t kUnicodeEscapeBytes = 6;

/// What a backslash and `letter` stand for ("\n", "\/"); letters that JSON does not know stand for
/// themselves.
char unescaped_letter(char letter);

/// The code unit of UTF-16 of the "\uXXXX" that `text` begins with; nothing where it is none.
std::optional<char32_t> read_unicode_escape(std::string_view text);

constexpr bool is_high_surrogate(char32_t unit) {
  return unit >= 0xD800 && unit < 0xDC00;
}
constexpr bool is_low_surrogate(char32_t unit) {
  return unit >= 0xDC00 && unit < 0xE000;
}
constexpr char32_t join_surrogates(char32_t high, char32_t low) {
  return 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
}

}  // namespace payferry
