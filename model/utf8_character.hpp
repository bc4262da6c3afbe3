#pragma once

#include <cstddef>
#include <string>

namespace payferry {

inline constexpr std::size_t kMostUtf8Bytes = 4;

/// Writes a character (no surrogate, at most 0x10FFFF) as UTF-8 to `out`, which has room for
/// kMostUtf8Bytes. Returns the end of what was written.
inline char* write_utf8(char32_t character, char* out) {
  const auto put = [&out](char32_t byte) { *out++ = static_cast<char>(byte); };
  const auto put_tail = [&](unsigned shift) { put(0x80 | ((character >> shift) & 0x3F)); };
  if (character < 0x80) {
    put(character);
  } else if (character < 0x800) {
    put(0xC0 | (character >> 6));
    put_tail(0);
  } else if (character < 0x10000) {
    put(0xE0 | (character >> 12));
    put_tail(6);
    put_tail(0);
  } else {
    put(0xF0 | (character >> 18));
    put_tail(12);
    put_tail(6);
    put_tail(0);
  }
  return out;
}

inline void append_utf8(std::string& out, char32_t character) {
  char bytes[kMostUtf8Bytes];
  out.append(bytes, write_utf8(character, bytes));
}

}  // namespace payferry
