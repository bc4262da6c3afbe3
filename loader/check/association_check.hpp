#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/account.hpp"
#include "model/mapping_rules.hpp"
#include "model/rules_check.hpp"

namespace payferry {

/// Compares an association of the config with the labels that the account has between `object` and
/// its target. Where the rule leaves the type out, the account's usual one is put in.
std::optional<RuleProblem> check_association(AssociationRule& rule, const std::string& object,
                                             const std::vector<AssociationLabel>& labels);

}  // namespace payferry
