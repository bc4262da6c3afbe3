#pragma once

#include "loader/source/input_set.hpp"
#include "model/mapping.hpp"

namespace payferry {

/// The rules, compiled against the columns of the inputs. Throws CommandFailure where these lack
/// one, or a rule cannot be compiled.
Mapping fitting_mapping(const MappingRules& rules, const InputSet& inputs);

}  // namespace payferry
