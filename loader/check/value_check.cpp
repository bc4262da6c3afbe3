#include "loader/check/value_check.hpp"

#include <utility>

#include "loader/check/currency_check.hpp"
#include "model/json_reader.hpp"
#include "model/property_fit.hpp"
#include "model/shown_value.hpp"

namespace payferry {

namespace {

/// What the rule makes of a cell may still be no value of the property. A map of currencies may
/// name more of them than the account has: only those count that occur.
bool may_be_unfit(const PropertyRule& rule, const PropertyDefinition& property, bool is_currency) {
  if (!rule.map.empty() && !is_currency) return false;
  if (property.type == "enumeration") return !property.options.empty();
  const bool is_checked_by_type = rule.type != ValueType::string;
  return !is_checked_by_type && property.type != "string" && property.type != "phone_number";
}

bool is_refused_whole(const PropertyDefinition& property) {
  return property.read_only_value || property.calculated || property.archived;
}

}  // namespace

ValueCheck::ValueCheck(const MappingRules& rules, PropertySchema schema,
                       std::vector<Currency> currencies)
    : schema_(std::move(schema)), currencies_(std::move(currencies)) {
  for (const PropertyRule& rule : rules.properties) look_at(rule, rules);
}

void ValueCheck::look_at(const PropertyRule& rule, const MappingRules& rules) {
  const PropertyDefinition* const property = schema_.find(rule.property);
  if (property == nullptr || is_refused_whole(*property) || !rule.from) return;
  Looked looked;
  looked.column = *rule.from;
  const bool is_currency = rule.property == rules.currency_property;
  looked.is_currency = is_currency && !currencies_.empty();
  if (may_be_unfit(rule, *property, is_currency)) looked.property = property;
  if (looked.property == nullptr && !looked.is_currency) return;
  looked_.emplace(property->name, std::move(looked));
}

void ValueCheck::check(std::string_view input, std::vector<RecordError>& problems) {
  if (looked_.empty()) return;
  JsonReader reader(input);
  const auto on_property = [&](std::string_view name) {
    const auto found = looked_.find(name);
    if (found == looked_.end()) {
      reader.skip();
      return;
    }
    reader.read_string(value_);
    const std::size_t before = problems.size();
    check_value(found->second, problems);
    if (problems.size() > before) problems.back().property = found->first;
  };
  reader.read_object([&](std::string_view key) {
    if (key == "properties") {
      reader.read_object(on_property);
    } else {
      reader.skip();
    }
  });
}

void ValueCheck::check_value(const Looked& looked, std::vector<RecordError>& problems) const {
  if (looked.is_currency && !holds_currency(currencies_, value_)) {
    problems.push_back({"CURRENCY_NOT_IN_ACCOUNT",
                        {},
                        looked.column,
                        shown_value(value_) + " is no currency of the HubSpot account (it has " +
                            shown_currencies(currencies_) +
                            "); add it there, or map it to one of these"});
    return;
  }
  const PropertyDefinition* const property = looked.property;
  if (property == nullptr || takes(*property, value_)) return;
  const bool is_choice = property->type == "enumeration";
  problems.push_back({is_choice ? "INVALID_OPTION" : "UNFIT_VALUE",
                      {},
                      looked.column,
                      shown_value(value_) + " is not what " + property->name +
                          " takes in HubSpot: " + expected_of(*property, value_) + "; " +
                          (is_choice ? "map it to an option, or add the option in HubSpot"
                                     : "correct it, or give the property the type that fits")});
}

}  // namespace payferry
