#include "loader/commands/given_config.hpp"

#include <filesystem>

#include "config/load_settings.hpp"
#include "loader/commands/command_failure.hpp"

namespace payferry {

ConfigSource read_given_config(const std::string& file, const std::vector<std::string>& overrides) {
  ConfigSource source = value_or_refuse(read_config_file(file));
  source.overrides = overrides;
  source.working_directory = std::filesystem::current_path().string();
  return source;
}

}  // namespace payferry
