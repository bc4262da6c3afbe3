#pragma once

#include <memory>

#include "loader/commands/run_plan.hpp"
#include "loader/commands/signals.hpp"
#include "loader/run/reject_rows.hpp"
#include "loader/source/input_set.hpp"

namespace payferry {

/// Opens what a run is to read, from its begin, which waits for what comes through a pipe. Throws
/// CommandFailure where that cannot be, or where a signal or the deadline ends the waiting.
std::unique_ptr<InputSet> open_run_inputs(const RunPlan& plan, const SignalWatch& signals);

/// The same for what a complete run has kept of its pipes; nothing changes. Throws where other data
/// is given.
void compare_run_inputs(const RunPlan& plan, const SignalWatch& signals);

/// Leaves nothing of a run that did not begin and sent nothing: a mended config must not find one
/// that it would have to go on with. One that began stays as it is, and so does what this process
/// did not make.
void remove_unbegun(const RunPlan& plan, bool log_is_ours);

/// Rejected rows are written as the inputs are, so that a mended file can be loaded again.
RejectFormat reject_format(const InputSet& inputs, const InputSettings& settings);

}  // namespace payferry
