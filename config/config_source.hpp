#pragma once

#include <string>
#include <vector>

namespace payferry {

/// What a run's settings are read from, before anything was checked. Once load_settings has taken
/// it, it holds no secret and may be stored as it is.
struct ConfigSource {
  std::string file_name;               ///< for messages, as the user wrote it
  std::string toml;                    ///< the file's text
  std::vector<std::string> overrides;  ///< KEY=VALUE of --set, in order: a later one wins
  std::string directory;          ///< paths in the file count from here; empty: left as they are
  std::string working_directory;  ///< paths in overrides count from here; empty: left as they are
};

}  // namespace payferry
