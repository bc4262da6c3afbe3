#include "model/json_escape.hpp"

#include "model/digits.hpp"

namespace payferry {

namespace {

std::optional<char32_t> hex_value(char digit) {
  if (is_digit(digit)) return digit_value(digit);
  const char lower = static_cast<char>(digit | 0x20);
  if (lower < 'a' || lower > 'f') return std::nullopt;
  return static_cast<char32_t>(lower - 'a' + 10);
}

}  // namespace

char unescaped_letter(char letter) {
  switch (letter) {
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    default:
      return letter;
  }
}

std::optional<char32_t> read_unicode_escape(std::string_view text) {
  if (text.size() < kUnicodeEscapeBytes || !text.starts_with("\\u")) return std::nullopt;
  char32_t unit = 0;
  for (const char digit : text.substr(2, 4)) {
    const auto value = hex_value(digit);
    if (!value) return std::nullopt;
    unit = unit * 16 + *value;
  }
  return unit;
}

}  // namespace payferry
