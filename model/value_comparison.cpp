#include "model/value_comparison.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "model/blanks.hpp"
#include "model/digits.hpp"
#include "model/instant.hpp"
#include "model/name_index.hpp"

namespace payferry {

namespace {

/// Of an exponent, so that what it makes still has the digits that a sum may have.
constexpr unsigned kMostShift = 20;

/// number * 10^places
std::optional<Decimal> shift_left(const Decimal& number, unsigned places) {
  if (places <= number.scale()) return Decimal(number.coefficient(), number.scale() - places);
  constexpr Decimal::Coefficient kMost = Decimal::Coefficient{1'000'000'000'000'000'000} *
                                         Decimal::Coefficient{1'000'000'000'000'000'000};
  Decimal::Coefficient coefficient = number.coefficient();
  for (unsigned place = number.scale(); place < places; ++place) {
    if (coefficient > kMost || coefficient < -kMost) return std::nullopt;
    coefficient *= 10;
  }
  return Decimal(coefficient, 0);
}

std::optional<Instant> read_epoch(std::string_view text) {
  const bool is_negative = text.starts_with('-');
  if (is_negative) text.remove_prefix(1);
  const auto number = all_digits(text) ? parse_number(text) : std::nullopt;
  if (!number || *number > INT64_MAX / 2) return std::nullopt;
  const auto milliseconds = static_cast<std::int64_t>(*number);
  return Instant(std::chrono::milliseconds(is_negative ? -milliseconds : milliseconds));
}

std::optional<Instant> read_moment(std::string_view text) {
  const auto epoch = read_epoch(text);
  return epoch ? epoch : parse_iso8601(text);
}

std::optional<Instant> read_day(std::string_view text) {
  constexpr std::size_t kDateCharacters = std::string_view("2026-11-23").size();
  if (text.size() != kDateCharacters) return read_moment(text);
  return parse_iso8601(std::string(text) + "T00:00:00Z");
}

std::vector<std::string_view> split_options(std::string_view text) {
  std::vector<std::string_view> options;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(';'), text.size());
    if (end > 0) options.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  std::sort(options.begin(), options.end());
  options.erase(std::unique(options.begin(), options.end()), options.end());
  return options;
}

/// A ";" in front adds to what the record has (contract §5.4).
bool are_same_options(std::string_view sent, std::string_view held) {
  const auto wanted = split_options(sent);
  const auto found = split_options(held);
  if (!sent.starts_with(';')) return wanted == found;
  return std::includes(found.begin(), found.end(), wanted.begin(), wanted.end());
}

template <class Value>
bool are_same(const std::optional<Value>& sent, const std::optional<Value>& held,
              std::string_view sent_text, std::string_view held_text) {
  return sent && held ? *sent == *held : sent_text == held_text;
}

}  // namespace

std::optional<Decimal> parse_held_number(std::string_view text) {
  const std::size_t mark = text.find_first_of("eE");
  const auto mantissa = Decimal::parse(text.substr(0, mark));
  if (!mantissa || mark == std::string_view::npos) return mantissa;
  std::string_view digits = text.substr(mark + 1);
  const bool is_negative = digits.starts_with('-');
  if (is_negative || digits.starts_with('+')) digits.remove_prefix(1);
  const auto places = all_digits(digits) ? parse_number(digits) : std::nullopt;
  if (!places || *places > kMostShift) return std::nullopt;
  const auto shift = static_cast<unsigned>(*places);
  if (is_negative) return Decimal(mantissa->coefficient(), mantissa->scale() + shift);
  return shift_left(*mantissa, shift);
}

ValueKind kind_of(const PropertyDefinition& property, bool is_email) {
  if (property.type == "number") return ValueKind::number;
  if (property.type == "datetime") return ValueKind::moment;
  if (property.type == "date") return ValueKind::day;
  if (property.type == "bool") return ValueKind::flag;
  if (property.type == "enumeration") {
    return property.field_type == "checkbox" ? ValueKind::options : ValueKind::option;
  }
  return is_email ? ValueKind::email : ValueKind::text;
}

bool is_same_value(ValueKind kind, std::string_view sent, std::string_view held) {
  sent = trim(sent);
  held = trim(held);
  switch (kind) {
    case ValueKind::text:
    case ValueKind::option:
      return sent == held;
    case ValueKind::email:
    case ValueKind::flag:
      return fold(sent) == fold(held);
    case ValueKind::number:
      return are_same(parse_held_number(sent), parse_held_number(held), sent, held);
    case ValueKind::moment:
      return are_same(read_moment(sent), read_moment(held), sent, held);
    case ValueKind::day:
      return are_same(read_day(sent), read_day(held), sent, held);
    case ValueKind::options:
      return are_same_options(sent, held);
  }
  return sent == held;
}

}  // namespace payferry
