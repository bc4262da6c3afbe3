#pragma once

#include <array>
#include <string>
#include <string_view>

#include "config/config_source.hpp"
#include "config/settings.hpp"
#include "config/table_reader.hpp"

namespace payferry {

/// The keys of [hubspot] that say where the token comes from.
inline constexpr std::array<std::string_view, 3> kTokenSources{"token_env", "token_file", "oauth"};

/// The sections of the config, each read into its part of the settings; wrong and unknown keys go
/// to the table's ConfigError.

void read_hubspot_section(TableReader table, const ConfigSource& source, Settings& settings);
void read_input_section(TableReader table, InputSettings& input);
void read_limits_section(TableReader table, LimitSettings& limits);
void read_retry_section(TableReader table, RetrySettings& retry);
void read_results_section(TableReader table, ResultSettings& results);

/// [properties] and [[associations]]. The hubspot section must have been read.
void read_properties_section(TableReader table, MappingRules& mapping);
void read_associations_section(const ConfigValue* value, TableReader& root, MappingRules& mapping);

/// What no section can see alone: the id property's rule, mandatory properties, keys that exclude
/// each other.
void check_mapping(TableReader& root, const HubSpotSettings& hubspot, MappingRules& mapping);

}  // namespace payferry
