#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace payferry {

/// Eight characters of a text looked at together, as one 64-bit word. Which byte stands where in
/// the word does not matter to any question asked here.
class EightBytes {
 public:
  static EightBytes at(const char* text) {
    EightBytes bytes;
    std::memcpy(&bytes.word_, text, sizeof bytes.word_);
    return bytes;
  }

  /// The four to eight characters of a text that long, some of them twice.
  static EightBytes of_short(const char* text, std::size_t size) {
    std::uint32_t first;
    std::uint32_t last;
    std::memcpy(&first, text, sizeof first);
    std::memcpy(&last, text + size - sizeof last, sizeof last);
    EightBytes bytes;
    bytes.word_ = (std::uint64_t{first} << 32) | last;
    return bytes;
  }

  /// The last `count` of the characters before `end`, of which there are eight at least; zeros
  /// instead of the others.
  static EightBytes last_before(const char* end, std::size_t count) {
    EightBytes bytes = at(end - sizeof bytes.word_);
    const std::size_t others = 8 * (sizeof bytes.word_ - count);
    if (std::endian::native == std::endian::big) {
      bytes.word_ = bytes.word_ << others;
    } else {
      bytes.word_ = bytes.word_ >> others;
    }
    return bytes;
  }

  /// True where a byte is below 0x20, a quote or a backslash: what a JSON string cannot hold as it
  /// stands.
  bool any_escaped_by_json() const {
    const std::uint64_t below_blank = (word_ - kEach * 0x20) & ~word_;
    return ((below_blank | zero_bytes(word_ ^ (kEach * '"')) | zero_bytes(word_ ^ (kEach * '\\'))) &
            kHighBits) != 0;
  }

  unsigned count_digits() const {
    const std::uint64_t value = word_ ^ (kEach * '0');
    const std::uint64_t above_nine = (value & ~kHighBits) + kEach * (0x80 - 10);
    const std::uint64_t digits = ~(above_nine | value) & kHighBits;
    return static_cast<unsigned>(((digits >> 7) * kEach) >> 56);
  }

 private:
  static constexpr std::uint64_t kEach = 0x0101010101010101;
  static constexpr std::uint64_t kHighBits = 0x8080808080808080;

  /// Sets the high bit of a zero byte. Another byte's may be set too, but only where there is a
  /// zero byte.
  static std::uint64_t zero_bytes(std::uint64_t word) { return (word - kEach) & ~word; }

  std::uint64_t word_ = 0;
};

}  // namespace payferry
