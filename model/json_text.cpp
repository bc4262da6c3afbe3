#include "model/json_text.hpp"

#include <cstdint>
#include <cstring>

namespace payferry {

namespace {

constexpr std::uint64_t kEveryByte = 0x0101010101010101;
constexpr std::uint64_t kHighBits = 0x8080808080808080;

bool must_be_escaped(char character) {
  return static_cast<unsigned char>(character) < 0x20 || character == '"' || character == '\\';
}

/// True where one of the eight bytes must be escaped. Each term sets a byte's high bit where the
/// byte is below 0x20, or zero after the exclusive or; bytes of 0x80 and above never count.
bool any_must_be_escaped(std::uint64_t eight) {
  const std::uint64_t quote = eight ^ (kEveryByte * '"');
  const std::uint64_t backslash = eight ^ (kEveryByte * '\\');
  const std::uint64_t control_found = (eight - kEveryByte * 0x20) & ~eight;
  const std::uint64_t quote_found = (quote - kEveryByte) & ~quote;
  const std::uint64_t backslash_found = (backslash - kEveryByte) & ~backslash;
  return ((control_found | quote_found | backslash_found) & kHighBits) != 0;
}

/// Length of the part at the start of `text` that JSON takes as it stands.
std::size_t plain_length(std::string_view text) {
  std::size_t at = 0;
  for (; at + 8 <= text.size(); at += 8) {
    std::uint64_t eight;
    std::memcpy(&eight, text.data() + at, 8);
    if (any_must_be_escaped(eight)) break;
  }
  while (at < text.size() && !must_be_escaped(text[at])) ++at;
  return at;
}

void append_escape(std::string& out, char character) {
  constexpr char kHexDigits[] = "0123456789abcdef";
  switch (character) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\b':
      out += "\\b";
      return;
    case '\f':
      out += "\\f";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      break;
  }
  const auto byte = static_cast<unsigned char>(character);
  out += "\\u00";
  out += kHexDigits[byte >> 4];
  out += kHexDigits[byte & 15];
}

}  // namespace

void append_json_content(std::string& out, std::string_view text) {
  for (;;) {
    const std::size_t plain = plain_length(text);
    out.append(text.data(), plain);
    if (plain == text.size()) return;
    append_escape(out, text[plain]);
    text.remove_prefix(plain + 1);
  }
}

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  append_json_content(out, text);
  out += '"';
}

}  // namespace payferry
