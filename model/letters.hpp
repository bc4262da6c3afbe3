#pragma once

#include "model/digits.hpp"

namespace payferry {

/// Of ASCII, of either case.
constexpr bool is_letter(char character) {
  const char lower = static_cast<char>(character | 0x20);
  return lower >= 'a' && lower <= 'z';
}
constexpr bool is_letter_or_digit(char character) {
  return is_letter(character) || is_digit(character);
}

}  // namespace payferry
