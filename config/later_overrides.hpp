#pragma once

#include <string>
#include <vector>

#include "config/config_source.hpp"

namespace payferry {

/// Lays what --set says now over what it said when the run was begun. Another source of the token
/// takes the place of the one named then.
void add_later_overrides(ConfigSource& config, const std::vector<std::string>& overrides);

}  // namespace payferry
