#pragma once

#include <vector>

#include "loader/commands/run_plan.hpp"
#include "loader/undo/doubts.hpp"

namespace payferry {

/// What the run sent without having noted its outcome, in the order of the source; nothing of the
/// run is changed. Warns, and knows their numbers alone, where the source cannot be read any more.
/// Throws DiskFailure.
std::vector<DoubtfulRecord> doubts_of_run(const RunPlan& plan);

}  // namespace payferry
