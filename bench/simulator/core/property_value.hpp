#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "bench/simulator/core/object_type.hpp"

namespace payferry::simulator {

/// What HubSpot has against a value (contract §3.2, §3.3).
struct PropertyProblem {
  std::string property;
  std::string code;  ///< e.g. INVALID_OPTION
  std::string message;
};

/// Checks a value that is not empty against its property's type (contract §5.4).
std::optional<PropertyProblem> check_value(const PropertyDefinition& property,
                                           std::string_view value, bool bare_date_in_datetime);

PropertyProblem unknown_property(std::string_view name);
PropertyProblem read_only_property(std::string_view name);

}  // namespace payferry::simulator
