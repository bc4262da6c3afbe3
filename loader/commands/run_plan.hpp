#pragma once

#include <optional>
#include <utility>

#include "config/command_line.hpp"
#include "config/settings.hpp"
#include "loader/run/manifest.hpp"
#include "loader/run/run_directory.hpp"
#include "net/time.hpp"

namespace payferry {

/// All that is decided before a run begins or goes on.
struct RunPlan {
  RunPlan(RunDirectory the_directory, Manifest the_manifest)
      : directory(std::move(the_directory)), manifest(std::move(the_manifest)) {}

  RunDirectory directory;
  Manifest manifest;  ///< of a new run without its inputs' fingerprints yet
  bool is_new = true;
  bool inputs_are_given = false;  ///< anew: `load` on a standing run
  Settings settings;
  RunOptions run;
  std::optional<SteadyPoint> stops_at;  ///< --deadline, counted from the begin of the command
  CommonOptions common;
};

/// `load`: reads the config, makes or opens the run directory, and sees that a run that stands
/// there is the same one.
RunPlan plan_load(const LoadOptions& options);
/// `resume`: the run's own copy of the config, with what --set says now.
RunPlan plan_resume(const ResumeOptions& options);
/// For what is done with a run afterwards: the same, as if it was to be gone on with.
RunPlan plan_of_run(const CommonOptions& common, const std::string& run_dir);

}  // namespace payferry
