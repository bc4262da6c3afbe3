#include "loader/source/json_string.hpp"

#include <cstring>
#include <optional>

#include "model/json_escape.hpp"
#include "model/utf8_character.hpp"

namespace payferry {

namespace {

/// Takes one or, of a pair, two \uXXXX, which are well-formed, off the front of `text`; nothing for
/// half a pair and for NUL.
std::optional<char32_t> take_character(std::string_view& text) {
  const char32_t unit = read_unicode_escape(text).value_or(0);
  text.remove_prefix(kUnicodeEscapeBytes);
  if (is_low_surrogate(unit) || unit == 0) return std::nullopt;
  if (!is_high_surrogate(unit)) return unit;
  const auto low = read_unicode_escape(text);
  if (!low || !is_low_surrogate(*low)) return std::nullopt;
  text.remove_prefix(kUnicodeEscapeBytes);
  return join_surrogates(unit, *low);
}

}  // namespace

std::size_t escape_length(std::string_view text) {
  if (text.size() < 2) return 0;
  if (text[1] != 'u')
    return std::strchr("\"\\/bfnrt", text[1]) != nullptr && text[1] != '\0' ? 2 : 0;
  return read_unicode_escape(text) ? kUnicodeEscapeBytes : 0;
}

char* unescape(std::string_view text, char* out) {
  while (!text.empty()) {
    const std::size_t run = std::min(text.find('\\'), text.size());
    out = std::copy_n(text.data(), run, out);
    text.remove_prefix(run);
    if (text.empty()) break;
    if (text[1] != 'u') {
      *out++ = unescaped_letter(text[1]);
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
