#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "model/time_zone.hpp"

namespace payferry {

/// The zone of an IANA name such as "Europe/London", from the system's time zone database; else why
/// not, with the nearest name. "UTC" is a zone too.
tl::expected<TimeZone, std::string> find_time_zone(std::string_view name);

}  // namespace payferry
