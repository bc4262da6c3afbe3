#include <string>

#include "fuzz/fuzz_target.hpp"
#include "model/decimal.hpp"
#include "model/decimal_text.hpp"
#include "model/digits.hpp"

namespace payferry::fuzz {

namespace {

/// The digits alone, without zeros at the start: what no way of writing a number may change.
std::string significant_digits(std::string_view text) {
  std::string digits;
  for (const char character : text) {
    if (is_digit(character) && !(digits.empty() && character == '0')) digits += character;
  }
  return digits;
}

bool has_minus(std::string_view text) {
  return text.find_first_of("-(") != text.npos || text.find("\xE2\x88\x92") != text.npos;
}

void check(std::string_view text, const Decimal& number) {
  const std::string written = number.to_string();
  const auto again = Decimal::parse(written);
  require(again.has_value(), "an amount is written so that it can be read");
  require(*again == number && again->scale() == number.scale(), "and read as the same number");
  require(again->to_string() == written, "and written the same again");
  const std::string digits = significant_digits(text);
  require(significant_digits(written) == digits, "no digit is lost, added or changed");
  require((number < Decimal()) == (has_minus(text) && !digits.empty()), "the sign is kept");
}

void check_arithmetic(const Decimal& number) {
  const Decimal twice = number + number;
  require(twice - number == number, "what is added can be taken off again");
  require(number - number == Decimal(), "a number less itself is nothing");
}

}  // namespace

void try_amount(std::string_view bytes) {
  const auto plain = Decimal::parse(bytes);
  if (plain) {
    check(bytes, *plain);
    check_arithmetic(*plain);
  }
  for (const char mark : {'.', ','}) {
    const auto number = parse_decimal_text(bytes, mark);
    if (number) check(bytes, *number);
    if (plain && number && mark == '.')
      require(*plain == *number, "what both ways of reading take is the same number to both");
  }
}

}  // namespace payferry::fuzz
