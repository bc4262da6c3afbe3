#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "model/account.hpp"
#include "model/mapping_rules.hpp"
#include "model/property_schema.hpp"

namespace payferry {

/// The rule with the type that the account's labels from `object` to `rule.to` have for it: filled
/// in where the config has none, checked where it has one, since HubSpot's guide contradicts itself
/// (contract §5.6). Else one sentence that says what is wrong, and which types there are.
tl::expected<AssociationRule, std::string> with_type(AssociationRule rule,
                                                     const std::vector<AssociationLabel>& labels,
                                                     std::string_view object);

/// Whether records can be looked up by a property, as the account's schema tells.
enum class Uniqueness {
  certain,
  doubtful,  ///< not marked as unique, which HubSpot does not do reliably (contract §1.9)
};

/// Of the rule's `match`, in the schema of `rule.to`. Where there is no such property, one sentence
/// that says so.
tl::expected<Uniqueness, std::string> check_match(const AssociationRule& rule,
                                                  const PropertySchema& schema);

}  // namespace payferry
