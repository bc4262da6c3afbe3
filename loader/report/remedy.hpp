#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "loader/report/causes.hpp"

namespace payferry {

/// What the commands that mend a run must name.
struct MendingPlace {
  std::filesystem::path run_directory;
  std::string config;                  ///< path of the config file
  std::vector<std::string> overrides;  ///< --set of the run
  bool csv = true;                     ///< how the rejects are written
};

struct Remedy {
  std::string title;    ///< what is wrong, in a few words
  std::string advice;   ///< one or two sentences: what to change, and where
  std::string command;  ///< then run this, from a shell
  std::string listing;  ///< shows every record of the cause
};

Remedy remedy_for(const Cause& cause, const MendingPlace& place);

}  // namespace payferry
