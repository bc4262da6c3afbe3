#pragma once

#include <optional>

#include "loader/commands/command_failure.hpp"
#include "loader/commands/run_plan.hpp"
#include "loader/commands/signals.hpp"
#include "loader/report/summary.hpp"

namespace payferry {

/// As the process that left the run before told it; nothing where there is none, or none that can
/// be read.
std::optional<Summary> stored_summary(const RunDirectory& directory);

/// A complete run is shown again and left as it is: gives its exit code. Nothing for any other run.
/// Throws CommandFailure where `load` gives it other data than those that it is complete with.
std::optional<ExitCode> leave_complete(const RunPlan& plan, const SignalWatch& signals);

/// Throws CommandFailure for a run that has been undone: what it created would be half there.
void refuse_undone(const RunPlan& plan);

}  // namespace payferry
