#include "loader/source/json_string.hpp"

#include <cstring>
#include <optional>

namespace payferry {

namespace {

constexpr std::size_t kUnicodeEscapeLength = 6;

std::optional<std::uint32_t> hex_digit(char byte) {
  if (byte >= '0' && byte <= '9') return static_cast<std::uint32_t>(byte - '0');
  if (byte >= 'a' && byte <= 'f') return static_cast<std::uint32_t>(byte - 'a' + 10);
  if (byte >= 'A' && byte <= 'F') return static_cast<std::uint32_t>(byte - 'A' + 10);
  return std::nullopt;
}

/// The code unit of the well-formed \uXXXX that `text` begins with.
std::uint32_t code_unit(std::string_view text) {
  std::uint32_t unit = 0;
  for (const char byte : text.substr(2, 4)) unit = unit * 16 + hex_digit(byte).value_or(0);
  return unit;
}

bool is_high_surrogate(std::uint32_t unit) {
  return unit >= 0xD800 && unit <= 0xDBFF;
}
bool is_low_surrogate(std::uint32_t unit) {
  return unit >= 0xDC00 && unit <= 0xDFFF;
}

char* write_utf8(std::uint32_t character, char* out) {
  const auto put = [&](std::uint32_t byte) { *out++ = static_cast<char>(byte); };
  if (character < 0x80) {
    put(character);
  } else if (character < 0x800) {
    put(0xC0 | character >> 6);
    put(0x80 | (character & 0x3F));
  } else if (character < 0x10000) {
    put(0xE0 | character >> 12);
    put(0x80 | (character >> 6 & 0x3F));
    put(0x80 | (character & 0x3F));
  } else {
    put(0xF0 | character >> 18);
    put(0x80 | (character >> 12 & 0x3F));
    put(0x80 | (character >> 6 & 0x3F));
    put(0x80 | (character & 0x3F));
  }
  return out;
}

char simple_escape(char byte) {
  switch (byte) {
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
      return byte;
  }
}

/// Takes one or, of a pair, two \uXXXX off the front of `text`; nothing for half a pair and for
/// NUL.
std::optional<std::uint32_t> take_character(std::string_view& text) {
  const std::uint32_t unit = code_unit(text);
  text.remove_prefix(kUnicodeEscapeLength);
  if (is_low_surrogate(unit) || unit == 0) return std::nullopt;
  if (!is_high_surrogate(unit)) return unit;
  if (!text.starts_with("\\u")) return std::nullopt;
  const std::uint32_t low = code_unit(text);
  text.remove_prefix(kUnicodeEscapeLength);
  if (!is_low_surrogate(low)) return std::nullopt;
  return 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
}

}  // namespace

std::size_t escape_length(std::string_view text) {
  if (text.size() < 2) return 0;
  if (text[1] != 'u')
    return std::strchr("\"\\/bfnrt", text[1]) != nullptr && text[1] != '\0' ? 2 : 0;
  if (text.size() < kUnicodeEscapeLength) return 0;
  const std::string_view digits = text.substr(2, 4);
  const bool all_hex = std::all_of(digits.begin(), digits.end(),
                                   [](char byte) { return hex_digit(byte).has_value(); });
  return all_hex ? kUnicodeEscapeLength : 0;
}

char* unescape(std::string_view text, char* out) {
  while (!text.empty()) {
    const std::size_t run = std::min(text.find('\\'), text.size());
    out = std::copy_n(text.data(), run, out);
    text.remove_prefix(run);
    if (text.empty()) break;
    if (text[1] != 'u') {
      *out++ = simple_escape(text[1]);
      text.remove_prefix(2);
    } else if (const auto character = take_character(text)) {
      out = write_utf8(*character, out);
    } else {
      return nullptr;
    }
  }
  return out;
}

}  // namespace payferry
