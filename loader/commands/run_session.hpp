#pragma once

#include "loader/commands/command_failure.hpp"
#include "loader/commands/run_plan.hpp"

namespace payferry {

/// Carries a run on to its end, or to where it is stopped, and says what came of it.
ExitCode carry_out(RunPlan plan);

}  // namespace payferry
