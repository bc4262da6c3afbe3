#pragma once

#include <string>
#include <string_view>

#include "model/mapping_rules.hpp"
#include "model/property_schema.hpp"

namespace payferry {

enum class Fit { fits, doubtful, unfit };

/// How a rule's type goes with the type of HubSpot's property. Every value travels as text, so that
/// text properties take any rule, and a rule of type string may suit any property.
Fit fit_of(ValueType rule, std::string_view property);

/// The type as it is written in the config.
std::string_view name_of(ValueType type);
/// The rule type that fits a property of HubSpot's.
std::string_view fitting_type(std::string_view property);

/// Whether the property takes a text as it is written, as far as can be told without HubSpot.
bool takes(const PropertyDefinition& property, std::string_view value);
/// What it would take, to follow a colon.
std::string expected_of(const PropertyDefinition& property, std::string_view value);

}  // namespace payferry
