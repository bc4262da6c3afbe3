#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "bench/simulator/core/object_type.hpp"
#include "model/instant.hpp"

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

/// A datetime as HubSpot takes it: ISO 8601, epoch milliseconds, or a bare date.
std::optional<Instant> read_moment(std::string_view value);
/// Whether it stands already as HubSpot shows it: "2024-03-27T18:04:11.823Z".
bool is_shown_moment(std::string_view value);

PropertyProblem unknown_property(std::string_view name);
PropertyProblem read_only_property(std::string_view name);

}  // namespace payferry::simulator
