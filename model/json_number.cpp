#include "model/json_number.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string>

#include "model/digits.hpp"

namespace payferry {

namespace {

std::string_view behind_point(std::string_view text) {
  return text.substr(std::min<std::size_t>(1, text.size()));
}

std::string_view without_plus(std::string_view exponent) {
  return exponent.substr(exponent.starts_with('+') ? 1 : 0);
}

bool is_exponent(std::string_view text) {
  text.remove_prefix(text.starts_with('+') || text.starts_with('-') ? 1 : 0);
  return all_digits(text);
}

/// `digits` with the point behind so many of them, zeros filled in.
std::string with_point(const std::string& digits, std::int64_t point) {
  const auto count = static_cast<std::int64_t>(digits.size());
  if (point >= count) return digits + std::string(static_cast<std::size_t>(point - count), '0');
  if (point <= 0) return "0." + std::string(static_cast<std::size_t>(-point), '0') + digits;
  std::string text = digits;
  return text.insert(static_cast<std::size_t>(point), 1, '.');
}

/// `digits` with the point behind `point` of them, times ten to the power of `exponent_text`.
tl::expected<Decimal, DecimalProblem> number_of(bool is_negative, std::string digits,
                                                std::size_t point, std::string_view exponent_text) {
  const std::size_t zeros = digits.find_first_not_of('0');
  if (zeros == digits.npos) return Decimal();
  digits.erase(digits.find_last_not_of('0') + 1).erase(0, zeros);
  int exponent = 0;
  const std::string_view text = without_plus(exponent_text);
  if (std::from_chars(text.data(), text.data() + text.size(), exponent).ec != std::errc())
    return tl::unexpected(DecimalProblem::too_many_digits);
  const auto place = static_cast<std::int64_t>(point) - static_cast<std::int64_t>(zeros) + exponent;
  // Asked before zeros are filled in, of which an exponent may want billions.
  const bool fits =
      place <= std::int64_t{Decimal::kMostIntegerDigits} &&
      static_cast<std::int64_t>(digits.size()) - place <= std::int64_t{Decimal::kMostDecimals};
  if (!fits) return tl::unexpected(DecimalProblem::too_many_digits);
  const auto number = Decimal::parse((is_negative ? "-" : "") + with_point(digits, place));
  if (!number) return tl::unexpected(DecimalProblem::too_many_digits);
  return *number;
}

}  // namespace

tl::expected<Decimal, DecimalProblem> parse_number_with_exponent(std::string_view text) {
  const bool is_negative = text.starts_with('-');
  if (is_negative) text.remove_prefix(1);
  const std::size_t mark = std::min(text.find_first_of("eE"), text.size());
  const std::string_view integer = text.substr(0, std::min(text.find('.'), mark));
  const std::string_view decimals =
      behind_point(text.substr(integer.size(), mark - integer.size()));
  const std::string_view exponent = text.substr(std::min(mark + 1, text.size()));
  const bool are_decimals = decimals.empty() || all_digits(decimals);
  if (!all_digits(integer) || !are_decimals || !is_exponent(exponent))
    return tl::unexpected(DecimalProblem::not_a_number);
  return number_of(is_negative, std::string(integer) + std::string(decimals), integer.size(),
                   exponent);
}

}  // namespace payferry
