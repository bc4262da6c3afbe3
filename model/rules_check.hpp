#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/mapping_rules.hpp"
#include "model/property_schema.hpp"

namespace payferry {

/// Something in the mapping that the account will not take.
struct RuleProblem {
  std::string property;
  std::string message;  ///< one sentence: what is wrong, and the remedy
  /// It might work all the same: worth a warning, not a reason to stop.
  bool is_doubt = false;
};

/// Compares the mapping with the account's properties before anything is sent: unknown, read-only
/// and archived properties, types that do not fit, constants and map targets that are no option, an
/// id_property that is not unique, a run_property that is no text. `object` is the object type's
/// name, for the messages.
std::vector<RuleProblem> check_rules(const MappingRules& rules, const PropertySchema& schema,
                                     std::string_view object);

}  // namespace payferry
