#include <cctype>
#include <charconv>
#include <cstdint>
#include <string>

#include "mutation/mutator/code_places.hpp"
#include "mutation/mutator/kinds.hpp"

namespace payferry::test {

namespace {

/// From here on one more or less is a matter of tuning, not of what is done.
constexpr std::uint64_t kLarge = 10;

bool is_digit(char c) {
  return std::isdigit(static_cast<unsigned char>(c)) != 0;
}

bool begins_number(std::string_view code, std::size_t at) {
  if (!is_digit(code[at])) return false;
  if (at == 0) return true;
  const char before = code[at - 1];
  return !is_word_character(before) && before != '.' && before != '\'';
}

void add_number(std::string_view code, std::size_t at, std::vector<Mutation>& found) {
  std::size_t end = at;
  std::string digits;
  for (; end < code.size() && (is_digit(code[end]) || code[end] == '\''); ++end) {
    if (is_digit(code[end])) digits += code[end];
  }
  const bool is_hexadecimal = end < code.size() && (code[end] == 'x' || code[end] == 'X');
  if (is_hexadecimal) return;
  std::uint64_t value = 0;
  if (std::from_chars(digits.data(), digits.data() + digits.size(), value).ec != std::errc{})
    return;
  const auto add = [&](std::uint64_t other, std::string_view rule) {
    found.push_back(Mutation{at, end - at, std::to_string(other), rule});
  };
  if (value >= kLarge) {
    add(value * 2, "number doubled");
    add(value / 2, "number halved");
    return;
  }
  add(value + 1, "one more");
  if (value > 0) add(value - 1, "one less");
}

}  // namespace

void add_literal_mutations(std::string_view code, std::vector<Mutation>& found) {
  for (std::size_t at = 0; at < code.size(); ++at) {
    if (begins_number(code, at)) add_number(code, at, found);
  }
  for (const std::size_t at : places_of_word(code, "true"))
    found.push_back(Mutation{at, 4, "false", "other truth"});
  for (const std::size_t at : places_of_word(code, "false"))
    found.push_back(Mutation{at, 5, "true", "other truth"});
}

}  // namespace payferry::test
