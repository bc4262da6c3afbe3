#include "model/json_text.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>

#include "model/eight_bytes.hpp"
#include "model/scan_bytes.hpp"

namespace payferry {

namespace {

bool must_be_escaped(char character) {
  return static_cast<unsigned char>(character) < 0x20 || character == '"' || character == '\\';
}

bool any_escaped(const char* eight) {
  return EightBytes::at(eight).any_escaped_by_json();
}

/// True where JSON takes the last bytes of `text`, which has at least four, as they stand: up to
/// eight of them.
bool is_plain_at_end(std::string_view text) {
  if (text.size() >= 8) return !any_escaped(text.data() + text.size() - 8);
  return !EightBytes::of_short(text.data(), text.size()).any_escaped_by_json();
}

/// As plain_length, of a text of at least sixteen bytes. The last step overlaps what was seen.
std::size_t plain_length_of_long(std::string_view text) {
  for (std::size_t at = 0;; at = std::min(at + 16, text.size() - 16)) {
    const ScanBytes<16> bytes(text.data() + at);
    const std::uint64_t escaped = bytes.control() | bytes.equal_to('"', '\\');
    if (escaped != 0) return at + static_cast<unsigned>(std::countr_zero(escaped));
    if (at + 16 == text.size()) return text.size();
  }
}

/// Length of the part at the start of `text` that JSON takes as it stands.
std::size_t plain_length(std::string_view text) {
  if (text.size() >= 16) return plain_length_of_long(text);
  std::size_t at = 0;
  while (at + 8 <= text.size() && !any_escaped(text.data() + at)) at += 8;
  // The end overlaps what was seen already, which is cheaper than up to seven single bytes.
  if (at + 8 > text.size() && text.size() >= 4 && is_plain_at_end(text)) return text.size();
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

[[gnu::noinline]] void append_escaped(std::string& out, std::string_view text, std::size_t plain) {
  for (;; plain = plain_length(text)) {
    out.append(text.data(), plain);
    if (plain == text.size()) return;
    append_escape(out, text[plain]);
    text.remove_prefix(plain + 1);
  }
}

}  // namespace

void append_json_content(std::string& out, std::string_view text) {
  const std::size_t plain = plain_length(text);
  if (plain != text.size()) return append_escaped(out, text, plain);
  out.append(text);
}

bool is_plain_in_json(std::string_view text) {
  return plain_length(text) == text.size();
}

void escape_json_content(std::string& out, std::size_t start) {
  const std::string_view content = std::string_view(out).substr(start);
  if (is_plain_in_json(content)) return;
  const std::string text(content);
  out.resize(start);
  append_json_content(out, text);
}

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  append_json_content(out, text);
  out += '"';
}

}  // namespace payferry
