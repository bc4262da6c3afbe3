#pragma once

#include <cstddef>
#include <string_view>

namespace payferry {

constexpr bool is_ascii(char character) {
  return static_cast<unsigned char>(character) < 0x80;
}

constexpr bool is_ascii_blank(char character) {
  return character == ' ' || (character >= '\t' && character <= '\r');
}

/// Bytes of the blank at the start of `text`, 0 where there is none. Blanks are ASCII's, the
/// no-break space (U+00A0) that spreadsheets put beside numbers, and its narrow sisters (U+2009,
/// U+202F) that group digits in French.
constexpr std::size_t leading_blank(std::string_view text) {
  if (text.empty()) return 0;
  if (is_ascii(text.front())) return is_ascii_blank(text.front()) ? 1 : 0;
  if (text.starts_with("\xC2\xA0")) return 2;
  if (text.starts_with("\xE2\x80\xAF") || text.starts_with("\xE2\x80\x89")) return 3;
  return 0;
}

constexpr std::size_t trailing_blank(std::string_view text) {
  if (text.empty()) return 0;
  if (is_ascii(text.back())) return is_ascii_blank(text.back()) ? 1 : 0;
  if (text.ends_with("\xC2\xA0")) return 2;
  if (text.ends_with("\xE2\x80\xAF") || text.ends_with("\xE2\x80\x89")) return 3;
  return 0;
}

constexpr std::string_view trim_start(std::string_view text) {
  while (const std::size_t blank = leading_blank(text)) text.remove_prefix(blank);
  return text;
}

constexpr std::string_view trim_end(std::string_view text) {
  while (const std::size_t blank = trailing_blank(text)) text.remove_suffix(blank);
  return text;
}

/// Neither a blank nor a part of one.
constexpr bool is_never_blank(char character) {
  return character > ' ' && character <= '~';
}

// Out of line, so that what nearly every text needs is short enough to be inlined.
[[gnu::noinline]] constexpr std::string_view trim_ends(std::string_view text) {
  return trim_end(trim_start(text));
}

constexpr std::string_view trim(std::string_view text) {
  const bool has_none =
      !text.empty() && is_never_blank(text.front()) && is_never_blank(text.back());
  return has_none ? text : trim_ends(text);
}

}  // namespace payferry
