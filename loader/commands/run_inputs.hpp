#pragma once

#include <memory>

#include "loader/commands/run_plan.hpp"
#include "loader/run/reject_rows.hpp"
#include "loader/source/input_set.hpp"

namespace payferry {

/// Opens what a run is to read, from its begin. Throws CommandFailure where that cannot be.
std::unique_ptr<InputSet> open_run_inputs(const RunPlan& plan);

/// Rejected rows are written as the inputs are, so that a mended file can be loaded again.
RejectFormat reject_format(const InputSet& inputs, const InputSettings& settings);

}  // namespace payferry
