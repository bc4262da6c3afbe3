#include "model/decimal.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "model/digits.hpp"

namespace payferry {

namespace {

using Coefficient = Decimal::Coefficient;
__extension__ using Magnitude = unsigned __int128;

constexpr unsigned kMostDigits = 38;

constexpr std::array<Coefficient, kMostDigits + 1> make_powers_of_ten() {
  std::array<Coefficient, kMostDigits + 1> powers{};
  powers[0] = 1;
  for (std::size_t exponent = 1; exponent <= kMostDigits; ++exponent) {
    powers[exponent] = powers[exponent - 1] * 10;
  }
  return powers;
}

constexpr auto kPowersOfTen = make_powers_of_ten();

bool fits(Coefficient coefficient) {
  return coefficient < kPowersOfTen[kMostDigits] && coefficient > -kPowersOfTen[kMostDigits];
}

/// The coefficient at a finer scale, where that fits.
std::optional<Coefficient> at_scale(const Decimal& number, unsigned scale) {
  const unsigned shift = scale - number.scale();
  if (number.coefficient() == 0 || shift == 0) return number.coefficient();
  Coefficient scaled = 0;
  if (shift > kMostDigits) return std::nullopt;
  if (__builtin_mul_overflow(number.coefficient(), kPowersOfTen[shift], &scaled))
    return std::nullopt;
  if (!fits(scaled)) return std::nullopt;
  return scaled;
}

[[noreturn]] void throw_overflow() {
  throw std::overflow_error("a sum of amounts has more than 38 digits and cannot be kept exactly");
}

Coefficient at_scale_or_throw(const Decimal& number, unsigned scale) {
  if (number.scale() == scale) return number.coefficient();  // nearly always
  const std::optional<Coefficient> scaled = at_scale(number, scale);
  if (!scaled) throw_overflow();
  return *scaled;
}

std::strong_ordering compare_with_zero(Coefficient coefficient) {
  return coefficient <=> Coefficient{0};
}

template <typename Number>
struct Digits {
  Number coefficient = 0;
  std::size_t decimals = 0;
};

/// Reads digits with at most one point; `text` has no sign. `Number` holds as many digits as `text`
/// has bytes.
template <typename Number>
std::optional<Digits<Number>> read_digits(std::string_view text) {
  Digits<Number> read;
  std::size_t point = text.size();
  std::size_t integer_digits = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char character = text[at];
    if (is_digit(character)) {
      read.coefficient = read.coefficient * 10 + static_cast<Number>(digit_value(character));
      if (point == text.size() && read.coefficient != 0) ++integer_digits;
    } else if (character == '.' && point == text.size()) {
      point = at;
    } else {
      return std::nullopt;
    }
  }
  const bool has_point = point != text.size();
  read.decimals = has_point ? text.size() - point - 1 : 0;
  const bool any_digit = text.size() > (has_point ? 1U : 0U);
  const bool fits_sums =
      integer_digits <= Decimal::kMostIntegerDigits && read.decimals <= Decimal::kMostDecimals;
  return any_digit && fits_sums ? std::optional(read) : std::nullopt;
}

template <typename Number>
std::optional<Decimal> read_decimal(std::string_view digits, bool negative) {
  const auto read = read_digits<Number>(digits);
  if (!read) return std::nullopt;
  const auto coefficient = static_cast<Coefficient>(read->coefficient);
  return Decimal(negative ? -coefficient : coefficient, static_cast<unsigned>(read->decimals));
}

std::string_view without_leading_zeros(std::string_view text) {
  while (text.size() > 1 && text[0] == '0' && is_digit(text[1])) text.remove_prefix(1);
  return text;
}

/// Writes the digits of `value` from the right, ending before `end`; gives the first.
char* write_digits_before(char* end, Magnitude value) {
  while (value > UINT64_MAX) {
    *--end = digit_character(static_cast<unsigned>(value % 10));
    value /= 10;
  }
  auto rest = static_cast<std::uint64_t>(value);
  do {
    *--end = digit_character(static_cast<unsigned>(rest % 10));
    rest /= 10;
  } while (rest != 0);
  return end;
}

Magnitude magnitude_of(Coefficient coefficient) {
  const auto bits = static_cast<Magnitude>(coefficient);
  return coefficient < 0 ? Magnitude{0} - bits : bits;
}

}  // namespace

std::optional<Decimal> Decimal::parse(std::string_view text) {
  constexpr std::size_t kMostBytes = kMostIntegerDigits + 1 + kMostDecimals;
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  text = without_leading_zeros(text);
  if (text.size() > kMostBytes) return std::nullopt;
  // Nearly every amount fits in 64 bits, where arithmetic is several times faster.
  return text.size() <= 19 ? read_decimal<std::uint64_t>(text, negative)
                           : read_decimal<Magnitude>(text, negative);
}

Decimal& Decimal::operator+=(const Decimal& other) {
  const unsigned scale = std::max(scale_, other.scale_);
  const Coefficient left = at_scale_or_throw(*this, scale);
  const Coefficient right = at_scale_or_throw(other, scale);
  Coefficient sum = 0;
  if (__builtin_add_overflow(left, right, &sum) || !fits(sum)) throw_overflow();
  coefficient_ = sum;
  scale_ = scale;
  return *this;
}

Decimal& Decimal::operator-=(const Decimal& other) {
  return *this += Decimal(-other.coefficient_, other.scale_);
}

bool operator==(const Decimal& left, const Decimal& right) {
  return (left <=> right) == 0;
}

std::strong_ordering operator<=>(const Decimal& left, const Decimal& right) {
  if (left.scale_ == right.scale_) return left.coefficient_ <=> right.coefficient_;
  const unsigned scale = std::max(left.scale_, right.scale_);
  const std::optional<Coefficient> left_scaled = at_scale(left, scale);
  const std::optional<Coefficient> right_scaled = at_scale(right, scale);
  // A number that does not fit at the finer scale is farther from zero than one that does.
  if (!left_scaled) return compare_with_zero(left.coefficient_);
  if (!right_scaled) return compare_with_zero(-right.coefficient_);
  return *left_scaled <=> *right_scaled;
}

void Decimal::append_to(std::string& out) const {
  char digits[kMostDigits + 2];
  char* const end = digits + sizeof digits;
  char* first = write_digits_before(end, magnitude_of(coefficient_));
  const auto count = static_cast<std::size_t>(end - first);
  if (coefficient_ < 0) out += '-';
  const std::size_t decimals = scale_;
  if (decimals == 0) {
    out.append(first, count);
  } else if (count > decimals) {
    out.append(first, count - decimals);
    out += '.';
    out.append(end - decimals, decimals);
  } else {
    out += "0.";
    out.append(decimals - count, '0');
    out.append(first, count);
  }
}

std::string Decimal::to_string() const {
  std::string text;
  append_to(text);
  return text;
}

}  // namespace payferry
