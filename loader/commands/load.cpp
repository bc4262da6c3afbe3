#include "loader/commands/commands.hpp"
#include "loader/commands/run_plan.hpp"
#include "loader/commands/run_session.hpp"

namespace payferry {

ExitCode run_load(const LoadOptions& options) {
  const SignalWatch signals;
  return carry_out(plan_load(options), signals);
}

}  // namespace payferry
