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

using Block = ScanBytes<64>;
constexpr std::size_t kBlockBytes = 64;

/// Behind the blocks from `at` on that hold only valid characters of one and two bytes, which is
/// what most text consists of: they are looked at whole, without a branch for each character. Where
/// text is left that is shorter than a block, the block begins in what was seen already.
std::size_t behind_short_characters(std::string_view text, std::size_t at) {
  std::uint64_t cut = 0;  // 1 where a character's first byte ends the block before
  while (at < text.size() && text.size() >= kBlockBytes) {
    const std::size_t from = std::min(at, text.size() - kBlockBytes);
    const Block block(text.data() + from);
    if (const std::uint64_t beyond_ascii = block.beyond_ascii(); (beyond_ascii | cut) != 0) {
      const std::uint64_t first = block.in_range(0xC2, 0xDF);
      const std::uint64_t second = block.in_range(0x80, 0xBF);
      const std::uint64_t longer = beyond_ascii ^ (first | second);
      const std::uint64_t before = from < at ? second & 1 : cut;
      if ((longer | (second ^ (first << 1 | before))) != 0) break;
      cut = first >> (kBlockBytes - 1);
    }
    at = from + kBlockBytes;
  }
  return at - cut;
}

}  // namespace

std::optional<std::size_t> find_invalid_utf8(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    at = behind_short_characters(text, at);
    const std::size_t end = std::min(text.size(), at + kBlockBytes);
    while (at < end) {
      if (const std::size_t plain = plain_from(text, at); plain > 0) {
        at += plain;
        continue;
      }
      const std::size_t length = character_length(text.substr(at));
      if (length == 0) return at;
      at += length;
    }
  }
  return std::nullopt;
}

}  // namespace payferry
