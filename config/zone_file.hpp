#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "model/zone_rules.hpp"

namespace payferry {

/// The rules in the file of that zone in the system's time zone database; else why there are none
/// to go by. Files of before 2005 have none.
tl::expected<ZoneRules, std::string> read_zone_rules(const std::string& name);

/// The line behind the table of a TZif file (RFC 8536) that tells the rules; empty where there is
/// none.
std::string_view rules_in_zone_file(std::string_view bytes);

}  // namespace payferry
