#pragma once

#include <array>
#include <bit>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace payferry {

/// An ISO 4217 code. The default, XXX, is the standard's own code for "no currency".
class Currency {
 public:
  constexpr Currency() = default;

  /// Three letters of either case; not checked against the list of codes in use.
  static std::optional<Currency> parse(std::string_view text);

  std::string_view code() const { return {code_.data(), kCodeLetters}; }
  bool is_known() const { return *this != Currency(); }
  static constexpr unsigned kHashBits = 6;
  static constexpr std::size_t kHashes = std::size_t{1} << kHashBits;
  /// Below kHashes; seldom equal for two currencies.
  constexpr std::size_t hash() const {
    constexpr std::uint32_t kSpread = 0x9E37'79B1;  // 2^32 by the golden ratio
    return number() * kSpread >> (32 - kHashBits);
  }

  /// Decimals of the minor unit by ISO 4217: 2 for USD, 0 for JPY, 3 for KWD; nothing for a code
  /// not listed.
  std::optional<unsigned> exponent() const;

  friend constexpr bool operator==(Currency left, Currency right) {
    return left.number() == right.number();
  }
  /// By the alphabet.
  friend constexpr auto operator<=>(Currency left, Currency right) {
    return left.number() <=> right.number();
  }

 private:
  static constexpr std::size_t kCodeLetters = 3;

  /// Compared as one number: an array's own comparison calls memcmp for its three bytes.
  constexpr std::uint32_t number() const {
    const auto word = std::bit_cast<std::uint32_t>(code_);
    return std::endian::native == std::endian::big ? word : __builtin_bswap32(word);
  }

  std::array<char, kCodeLetters + 1> code_{'X', 'X', 'X'};  ///< and a zero, which fills a word
};

}  // namespace payferry
