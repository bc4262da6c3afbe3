#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "config/config_error.hpp"
#include "config/config_source.hpp"

namespace payferry {

struct ConfigEntry;

/// A value of the config text with its place. A plain tree, so that TOML's own types stay in one
/// file.
struct ConfigValue {
  enum class Kind { string, integer, number, boolean, moment, array, table };

  Kind kind = Kind::table;
  ConfigPlace place;
  std::string text;  ///< of a string; of an override also its raw text, whatever its kind
  std::int64_t integer = 0;
  double number = 0;
  bool boolean = false;
  bool is_override = false;
  std::vector<ConfigValue> elements;  ///< of an array
  std::vector<ConfigEntry> entries;   ///< of a table, in the order of the file

  const ConfigEntry* find(std::string_view key) const;
  ConfigEntry* find(std::string_view key);
};

struct ConfigEntry {
  std::string key;
  ConfigPlace place;
  ConfigValue value;
};

/// Parses the TOML text and lays the overrides over it.
tl::expected<ConfigValue, ConfigError> parse_config(const ConfigSource& source);

}  // namespace payferry
