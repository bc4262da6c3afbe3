#include "bench/simulator/core/property_value.hpp"

#include <algorithm>
#include <charconv>
#include <cstdio>

#include "model/instant.hpp"

namespace payferry::simulator {

namespace {

constexpr std::size_t kLongestIsoMoment = std::string_view("2024-03-27T18:04:11.823+01:00").size();

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

bool is_number(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  const auto points = std::count(text.begin(), text.end(), '.');
  const auto digits = std::count_if(text.begin(), text.end(), is_digit);
  return digits > 0 && points <= 1 && static_cast<std::size_t>(points + digits) == text.size();
}

std::optional<std::int64_t> epoch_milliseconds(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

bool is_bare_date(std::string_view text) {
  if (text.size() != 10) return false;
  std::string moment(text);
  moment += "T00:00:00Z";
  return parse_iso8601(moment).has_value();
}

// More decimals than milliseconds are refused (contract §3.3), which the length tells cheaply.
bool is_datetime(std::string_view text, bool bare_date) {
  if (all_digits(text)) return true;
  if (bare_date && is_bare_date(text)) return true;
  const bool milliseconds_at_most =
      text.size() <= kLongestIsoMoment && (!text.ends_with('Z') || text.size() <= 24);
  return milliseconds_at_most && parse_iso8601(text).has_value();
}

std::string not_midnight(std::string_view text, std::int64_t milliseconds) {
  const std::int64_t seconds = (milliseconds / 1000) % 86'400;
  char time[16];
  std::snprintf(time, sizeof time, "%02d:%02d:%02d.0", static_cast<int>(seconds / 3600),
                static_cast<int>(seconds / 60 % 60), static_cast<int>(seconds % 60));
  return std::string(text) + " is at " + time + " UTC, not midnight!";
}

PropertyProblem problem(const PropertyDefinition& property, std::string code, std::string message) {
  return {property.name, std::move(code), std::move(message)};
}

std::optional<PropertyProblem> check_date(const PropertyDefinition& property,
                                          std::string_view value) {
  if (is_bare_date(value)) return std::nullopt;
  const auto number = epoch_milliseconds(value);
  if (!number)
    return problem(property, "INVALID_LONG", std::string(value) + " was not a valid long.");
  if (*number % 86'400'000 == 0) return std::nullopt;
  return problem(property, "INVALID_DATE", not_midnight(value, *number));
}

std::string allowed_options(const PropertyDefinition& property) {
  std::string list;
  for (const std::string& option : property.options) {
    if (!list.empty()) list += ", ";
    list += option;
  }
  return list;
}

std::optional<PropertyProblem> check_option(const PropertyDefinition& property,
                                            std::string_view value) {
  if (std::find(property.options.begin(), property.options.end(), value) !=
      property.options.end()) {
    return std::nullopt;
  }
  return problem(property, "INVALID_OPTION",
                 std::string(value) + " was not one of the allowed options: [" +
                     allowed_options(property) + "]");
}

bool is_email(std::string_view text) {
  const std::size_t at = text.find('@');
  if (at == std::string_view::npos || at == 0) return false;
  const std::string_view domain = text.substr(at + 1);
  const std::size_t dot = domain.find('.');
  const bool clean = text.find_first_of(" ,;@", at + 1) == std::string_view::npos &&
                     text.substr(0, at).find_first_of(" ,;") == std::string_view::npos;
  return clean && dot != std::string_view::npos && dot > 0 && dot + 1 < domain.size();
}

}  // namespace

std::optional<PropertyProblem> check_value(const PropertyDefinition& property,
                                           std::string_view value, bool bare_date_in_datetime) {
  const auto unless = [&](bool good, const char* code, const char* complaint) {
    return good ? std::nullopt
                : std::optional(problem(property, code, std::string(value) + complaint));
  };
  switch (property.type) {
    case PropertyType::text:
      return std::nullopt;
    case PropertyType::number:
      return unless(is_number(value), "INVALID_INTEGER", " was not a valid number");
    case PropertyType::datetime:
      return unless(is_datetime(value, bare_date_in_datetime), "INVALID_LONG",
                    " was not a valid long.");
    case PropertyType::date:
      return check_date(property, value);
    case PropertyType::enumeration:
      return check_option(property, value);
    case PropertyType::boolean:
      return unless(value == "true" || value == "false", "INVALID_BOOLEAN",
                    " was not a valid boolean.");
    case PropertyType::email:
      if (is_email(value)) return std::nullopt;
      return problem(property, "INVALID_EMAIL",
                     "Email address " + std::string(value) + " is invalid");
  }
  return std::nullopt;
}

std::optional<Instant> read_moment(std::string_view value) {
  if (is_bare_date(value)) return parse_iso8601(std::string(value) + "T00:00:00Z");
  if (const auto number = epoch_milliseconds(value))
    return Instant(std::chrono::milliseconds(*number));
  return parse_iso8601(value);
}

bool is_shown_moment(std::string_view value) {
  return value.size() == 24 && value[19] == '.' && value.ends_with('Z');
}

PropertyProblem unknown_property(std::string_view name) {
  const std::string text(name);
  return {text, "PROPERTY_DOESNT_EXIST", "Property \"" + text + "\" does not exist"};
}

// The code of this refusal is not known (contract §3.3); the text is the one of HubSpot's own front
// end.
PropertyProblem read_only_property(std::string_view name) {
  const std::string text(name);
  return {text, "READ_ONLY_VALUE",
          "\"" + text + "\" is a read only property; its value cannot be set."};
}

}  // namespace payferry::simulator
