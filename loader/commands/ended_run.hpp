#pragma once

#include <optional>

#include "loader/commands/command_failure.hpp"
#include "loader/commands/run_plan.hpp"

namespace payferry {

/// A complete run is shown again and left as it is: gives its exit code. Nothing for any other run.
std::optional<ExitCode> leave_complete(const RunPlan& plan);

/// Throws CommandFailure for a run that has been undone: what it created would be half there.
void refuse_undone(const RunPlan& plan);

}  // namespace payferry
