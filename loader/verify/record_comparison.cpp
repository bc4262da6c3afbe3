#include "loader/verify/record_comparison.hpp"

#include <algorithm>

namespace payferry {

namespace {

/// Both null and "" are no value.
std::optional<std::string_view> value_of(const PropertyList& list, std::string_view property) {
  const auto value = find_property(list, property);
  return value && !value->empty() ? value : std::nullopt;
}

std::vector<std::string> properties_sent(const MappingRules& rules) {
  std::vector<std::string> names;
  for (const PropertyRule& rule : rules.properties) names.push_back(rule.property);
  if (!rules.run_property.empty()) names.push_back(rules.run_property);
  return names;
}

bool is_sent_as_email(const MappingRules& rules, std::string_view property) {
  return std::any_of(rules.properties.begin(), rules.properties.end(),
                     [property](const PropertyRule& rule) {
                       return rule.property == property && rule.type == ValueType::email;
                     });
}

}  // namespace

RecordComparison::RecordComparison(const MappingRules& rules, const PropertySchema& schema)
    : amount_property_(rules.amount_property), currency_property_(rules.currency_property) {
  for (const std::string& name : properties_sent(rules)) {
    const PropertyDefinition* const property = schema.find(name);
    if (property != nullptr && (property->calculated || property->read_only_value)) continue;
    const bool is_email = is_sent_as_email(rules, name);
    kinds_[name] = property != nullptr ? kind_of(*property, is_email) : ValueKind::text;
  }
}

std::vector<std::string_view> RecordComparison::properties() const {
  std::vector<std::string_view> names;
  for (const auto& [name, kind] : kinds_) names.emplace_back(name);
  return names;
}

Finding RecordComparison::compare(const PropertyList& expected, const PropertyList& held) const {
  Finding finding;
  for (const auto& [name, value] : expected) {
    const auto kind = kinds_.find(name);
    if (kind == kinds_.end()) continue;
    const auto answered = value_of(held, name);
    if (answered && is_same_value(kind->second, value, *answered)) continue;
    PropertyDifference& difference = finding.differences.emplace_back();
    difference.property = name;
    difference.source = value;
    if (answered) difference.hubspot = *answered;
  }
  if (!finding.differences.empty()) finding.kind = FindingKind::differs;
  return finding;
}

HeldAmount RecordComparison::amount_of(const PropertyList& expected,
                                       const PropertyList& held) const {
  HeldAmount amount;
  if (find_property(expected, amount_property_)) {
    const auto text = value_of(held, amount_property_);
    if (text) amount.amount = parse_held_number(*text);
  }
  if (find_property(expected, currency_property_)) {
    const auto text = value_of(held, currency_property_);
    if (text) amount.currency = Currency::parse(*text).value_or(Currency());
  }
  return amount;
}

}  // namespace payferry
