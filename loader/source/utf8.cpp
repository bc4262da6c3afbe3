#include "loader/source/utf8.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>

#include "model/scan_bytes.hpp"

namespace payferry {

namespace {

using Byte = unsigned char;

bool is_continuation(Byte byte) {
  return (byte & 0xC0) == 0x80;
}

/// How many plain characters `text` has from `at` on, as far as is looked at once.
std::size_t plain_from(std::string_view text, std::size_t at) {
  using Scan = ScanBytes<16>;
  if (text.size() < 16) return 0;
  const std::size_t from = std::min(at, text.size() - 16);  // the last step overlaps what was seen
  const std::uint64_t plain = Scan(text.data() + from).plain() >> (at - from);
  return static_cast<std::size_t>(std::countr_one(plain));
}

/// The second byte's range depends on the first (RFC 3629 §4).
bool second_byte_fits(Byte first, Byte second) {
  switch (first) {
    case 0xE0:
      return second >= 0xA0 && second <= 0xBF;
    case 0xED:
      return second >= 0x80 && second <= 0x9F;
    case 0xF0:
      return second >= 0x90 && second <= 0xBF;
    case 0xF4:
      return second >= 0x80 && second <= 0x8F;
    default:
      return is_continuation(second);
  }
}

std::size_t length_by_first_byte(Byte first) {
  if (first < 0x80) return 1;
  if (first < 0xC2) return 0;
  if (first < 0xE0) return 2;
  if (first < 0xF0) return 3;
  return first < 0xF5 ? 4 : 0;
}

/// Length of the valid character that `text` begins with, or 0.
std::size_t character_length(std::string_view text) {
  const std::size_t length = length_by_first_byte(static_cast<Byte>(text[0]));
  if (length <= 1) return length;
  if (text.size() < length) return 0;
  if (!second_byte_fits(static_cast<Byte>(text[0]), static_cast<Byte>(text[1]))) return 0;
  for (std::size_t i = 2; i < length; ++i) {
    if (!is_continuation(static_cast<Byte>(text[i]))) return 0;
  }
  return length;
}

}  // namespace

std::optional<std::size_t> find_invalid_utf8(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    if (const std::size_t plain = plain_from(text, at); plain > 0) {
      at += plain;
      continue;
    }
    const std::size_t length = character_length(text.substr(at));
    if (length == 0) return at;
    at += length;
  }
  return std::nullopt;
}

}  // namespace payferry
