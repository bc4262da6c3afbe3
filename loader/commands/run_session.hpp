#pragma once

#include "loader/commands/command_failure.hpp"
#include "loader/commands/run_plan.hpp"
#include "loader/commands/signals.hpp"

namespace payferry {

/// Carries a run on to its end, or to where it is stopped, and says what came of it. `signals` have
/// been watched since before there was a plan: none is to end the process in another way.
ExitCode carry_out(RunPlan plan, const SignalWatch& signals);

}  // namespace payferry
