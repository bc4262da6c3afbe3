#pragma once

#include <string>
#include <string_view>

#include "model/mapping_rules.hpp"

namespace payferry {

/// True for what can be the id of a HubSpot record: one to twenty digits.
bool is_record_id(std::string_view text);

/// Appends `{"to":{"id":"…"},"types":[…]}` (contract §1.3), with a comma before it where `elements`
/// ends in another object. The rule has its type_id.
void append_association(std::string& elements, const AssociationRule& rule,
                        std::string_view record_id);

/// Puts more associations into an input object that Mapping::map wrote for a create.
void add_associations(std::string& input, std::string_view elements);

}  // namespace payferry
