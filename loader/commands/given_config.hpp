#pragma once

#include <string>
#include <vector>

#include "config/config_source.hpp"

namespace payferry {

/// The config file that -c names, with the --set options, not yet checked. Throws CommandFailure.
ConfigSource read_given_config(const std::string& file, const std::vector<std::string>& overrides);

}  // namespace payferry
