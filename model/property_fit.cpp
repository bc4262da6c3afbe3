#include "model/property_fit.hpp"

#include <algorithm>
#include <span>
#include <vector>

#include "model/decimal.hpp"
#include "model/instant.hpp"
#include "model/nearest_name.hpp"

namespace payferry {

namespace {

/// Every value travels as text, so that "string" and text properties take anything that looks
/// right.

bool is_whole_number(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_date(std::string_view text) {
  return text.size() == 10 && parse_iso8601(std::string(text) + "T00:00:00Z").has_value();
}

bool takes_option(const PropertyDefinition& property, std::string_view value) {
  if (property.has_option(value)) return true;
  if (property.field_type != "checkbox") return false;
  // "a;b" sets several, ";a;b" adds them (contract §5.4).
  while (!value.empty()) {
    const std::size_t end = value.find(';');
    const std::string_view one = value.substr(0, end);
    if (!one.empty() && !property.has_option(one)) return false;
    if (end == std::string_view::npos) break;
    value.remove_prefix(end + 1);
  }
  return true;
}

}  // namespace

std::string_view name_of(ValueType type) {
  switch (type) {
    case ValueType::string:
      return "string";
    case ValueType::decimal:
      return "decimal";
    case ValueType::minor_units:
      return "minor_units";
    case ValueType::datetime:
      return "datetime";
    case ValueType::date:
      return "date";
    case ValueType::boolean:
      return "boolean";
    case ValueType::enumeration:
      return "enum";
    case ValueType::email:
      return "email";
  }
  return "string";
}

std::string_view fitting_type(std::string_view property_type) {
  if (property_type == "number") return "decimal";
  if (property_type == "bool") return "boolean";
  if (property_type == "enumeration") return "enum";
  if (property_type == "datetime" || property_type == "date") return property_type;
  return "string";
}

Fit fit_of(ValueType rule, std::string_view property) {
  if (rule == ValueType::string || property == "string" || property == "phone_number")
    return Fit::fits;
  switch (rule) {
    case ValueType::decimal:
    case ValueType::minor_units:
      return property == "number" ? Fit::fits : Fit::unfit;
    case ValueType::datetime:
      return property == "datetime" ? Fit::fits : Fit::unfit;
    case ValueType::date:
      // Whether a bare date is taken for a datetime is not known (contract §5.4).
      if (property == "datetime") return Fit::doubtful;
      return property == "date" ? Fit::fits : Fit::unfit;
    case ValueType::boolean:
      return property == "bool" || property == "enumeration" ? Fit::fits : Fit::unfit;
    case ValueType::enumeration:
      return Fit::fits;
    case ValueType::email:
      return Fit::unfit;
    case ValueType::string:
      return Fit::fits;
  }
  return Fit::fits;
}

bool takes(const PropertyDefinition& property, std::string_view value) {
  if (value.empty()) return true;
  if (property.type == "enumeration") {
    return property.options.empty() || takes_option(property, value);
  }
  if (property.type == "bool") return value == "true" || value == "false";
  if (property.type == "number") return Decimal::parse(value).has_value();
  if (property.type == "datetime")
    return is_whole_number(value) || parse_iso8601(value).has_value();
  if (property.type == "date") return is_whole_number(value) || is_date(value);
  return true;
}

std::string expected_of(const PropertyDefinition& property, std::string_view value) {
  if (property.type == "bool") return "true or false";
  if (property.type == "number") return "a number like 12.50";
  if (property.type == "datetime") return "a moment like 2024-03-27T18:04:11.823Z";
  if (property.type == "date") return "a date like 2024-03-27";
  constexpr std::size_t kMostOptions = 12;
  std::vector<std::string_view> values;
  for (const PropertyOption& option : property.options) values.emplace_back(option.value);
  const auto nearest = nearest_name(value, std::span<const std::string_view>(values));
  if (nearest) return "did you mean \"" + std::string(*nearest) + '"';
  std::string list = "one of ";
  for (std::size_t i = 0; i < std::min(values.size(), kMostOptions); ++i) {
    list += (i == 0 ? "" : ", ") + std::string(values[i]);
  }
  return list + (values.size() > kMostOptions ? ", …" : "");
}

}  // namespace payferry
