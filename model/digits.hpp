#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace payferry {

constexpr bool is_digit(char character) {
  return character >= '0' && character <= '9';
}
constexpr unsigned digit_value(char digit) {
  return static_cast<unsigned>(digit - '0');
}
constexpr char digit_character(unsigned value) {
  return static_cast<char>('0' + value);
}

constexpr bool all_digits(std::string_view text) {
  for (const char character : text) {
    if (!is_digit(character)) return false;
  }
  return !text.empty();
}

inline void append_number(std::string& out, std::uint64_t value) {
  char digits[20];
  const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  out.append(digits, static_cast<std::size_t>(end - digits));
}

/// Reads a whole text of decimal digits; nothing where it is empty, holds another character or is
/// too large.
inline std::optional<std::uint64_t> parse_number(std::string_view text) {
  std::uint64_t value = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || stop != end) return std::nullopt;
  return value;
}

}  // namespace payferry
