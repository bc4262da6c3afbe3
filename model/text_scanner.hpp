#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>

#include "model/digits.hpp"

namespace payferry {

/// Reads a text from its start, piece by piece. A piece that is not there is not consumed.
class TextScanner {
 public:
  explicit constexpr TextScanner(std::string_view text) : rest_(text) {}

  constexpr std::string_view rest() const { return rest_; }
  constexpr bool at_end() const { return rest_.empty(); }

  constexpr bool take(char character) {
    if (!rest_.starts_with(character)) return false;
    rest_.remove_prefix(1);
    return true;
  }

  constexpr bool take(std::string_view text) {
    if (!rest_.starts_with(text)) return false;
    rest_.remove_prefix(text.size());
    return true;
  }

  /// ASCII letters of either case are equal.
  constexpr bool take_ignoring_case(std::string_view text) {
    if (rest_.size() < text.size()) return false;
    for (std::size_t at = 0; at < text.size(); ++at) {
      if (lower(rest_[at]) != lower(text[at])) return false;
    }
    rest_.remove_prefix(text.size());
    return true;
  }

  /// A number of `fewest` to `most` (at most 9) digits; as many as there are.
  constexpr std::optional<unsigned> take_number(std::size_t fewest, std::size_t most) {
    if (most == 2 && rest_.size() >= 2 && is_digit(rest_[0]) && is_digit(rest_[1]))
      return take_two_digits();
    unsigned value = 0;
    std::size_t count = 0;
    while (count < most && count < rest_.size() && is_digit(rest_[count])) {
      value = value * 10 + digit_value(rest_[count++]);
    }
    if (count < fewest) return std::nullopt;
    rest_.remove_prefix(count);
    return value;
  }

  /// One to nine decimals of a second; what is finer than a millisecond is cut off.
  constexpr std::optional<std::chrono::milliseconds> take_fraction() {
    const std::size_t before = rest_.size();
    std::optional<unsigned> decimals = take_number(1, 9);
    if (!decimals) return std::nullopt;
    std::size_t count = before - rest_.size();
    for (; count < 3; ++count) *decimals *= 10;
    for (; count > 3; --count) *decimals /= 10;
    return std::chrono::milliseconds(*decimals);
  }

 private:
  /// By far the most of a time's parts.
  constexpr unsigned take_two_digits() {
    const unsigned value = digit_value(rest_[0]) * 10 + digit_value(rest_[1]);
    rest_.remove_prefix(2);
    return value;
  }

  static constexpr char lower(char character) {
    return character >= 'A' && character <= 'Z' ? static_cast<char>(character - 'A' + 'a')
                                                : character;
  }

  std::string_view rest_;
};

}  // namespace payferry
