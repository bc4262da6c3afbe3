#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/currency.hpp"
#include "model/mapping_rules.hpp"
#include "model/property_schema.hpp"
#include "model/record.hpp"

namespace payferry {

/// Finds in mapped records the values that the account would refuse: no option of a choice, a
/// currency that it does not use, a text that is no number where one is needed. What rules alone
/// decide (constants, what a map makes of texts) is check_rules' business. Thread: one at a time.
class ValueCheck {
 public:
  /// `currencies`: the account's; empty where they are not known.
  ValueCheck(const MappingRules& rules, PropertySchema schema, std::vector<Currency> currencies);

  /// Appends what is wrong with an input of Mapping::map.
  void check(std::string_view input, std::vector<RecordError>& problems);

 private:
  struct Looked {
    const PropertyDefinition* property = nullptr;
    std::string column;
    bool is_currency = false;
  };

  void look_at(const PropertyRule& rule, const MappingRules& rules);
  void check_value(const Looked& looked, std::vector<RecordError>& problems) const;

  PropertySchema schema_;
  std::vector<Currency> currencies_;
  std::unordered_map<std::string_view, Looked> looked_;  ///< by names in the schema
  std::string value_;
};

}  // namespace payferry
