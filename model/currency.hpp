#pragma once

#include <array>
#include <compare>
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

  std::string_view code() const { return {code_.data(), code_.size()}; }
  bool is_known() const { return *this != Currency(); }
  /// Decimals of the minor unit by ISO 4217: 2 for USD, 0 for JPY, 3 for KWD; nothing for a code
  /// not listed.
  std::optional<unsigned> exponent() const;

  auto operator<=>(const Currency&) const = default;

 private:
  std::array<char, 3> code_{'X', 'X', 'X'};
};

}  // namespace payferry
