#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace payferry {

/// An exact decimal number: coefficient / 10^scale. Never a binary float.
/// Up to 38 digits; arithmetic that would need more throws std::overflow_error.
class Decimal {
 public:
  __extension__ using Coefficient = __int128;

  constexpr Decimal() = default;
  constexpr Decimal(Coefficient coefficient, unsigned scale)
      : coefficient_(coefficient), scale_(scale) {}

  /// Most digits that parse() takes on each side of the point, zeros at the start aside. A
  /// quadrillion is more than any payment, 17 decimals are what a binary float was written with;
  /// sums of either up to 10^21 fit exactly.
  static constexpr unsigned kMostIntegerDigits = 15;
  static constexpr unsigned kMostDecimals = 17;

  /// Reads HubSpot's own number syntax (contract §5.4): digits, one leading "-", one ".".
  static std::optional<Decimal> parse(std::string_view text);

  constexpr Coefficient coefficient() const { return coefficient_; }
  constexpr unsigned scale() const { return scale_; }

  Decimal& operator+=(const Decimal& other);
  Decimal& operator-=(const Decimal& other);
  friend Decimal operator+(Decimal left, const Decimal& right) { return left += right; }
  friend Decimal operator-(Decimal left, const Decimal& right) { return left -= right; }

  /// Compares as numbers: 1.50 == 1.5.
  friend bool operator==(const Decimal& left, const Decimal& right);
  friend std::strong_ordering operator<=>(const Decimal& left, const Decimal& right);

  /// With exactly scale() decimals: "-12.50".
  std::string to_string() const;
  void append_to(std::string& out) const;

 private:
  Coefficient coefficient_ = 0;
  unsigned scale_ = 0;
};

}  // namespace payferry
