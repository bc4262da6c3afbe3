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

/// Appends an input object that Mapping::map wrote for a create, with these elements in its empty
/// list of associations.
void append_associated_input(std::string& out, std::string_view input, std::string_view elements);

}  // namespace payferry
