#pragma once

#include <tl/expected.hpp>

#include "config/config_error.hpp"
#include "config/config_source.hpp"
#include "config/settings.hpp"

namespace payferry {

/// Reads and checks a config (interface.md §3). Every key has its default; what is wrong is
/// reported all at once. Reads no file but the system's time zone database.
tl::expected<Settings, ConfigError> load_settings(const ConfigSource& source);

/// Reads the config file into a source with absolute directories; no overrides yet. The error says
/// why not.
tl::expected<ConfigSource, ConfigError> read_config_file(const std::string& file_name);

}  // namespace payferry
