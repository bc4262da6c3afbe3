#include "loader/commands/commands.hpp"
#include "loader/commands/run_plan.hpp"
#include "loader/commands/run_session.hpp"

namespace payferry {

ExitCode run_resume(const ResumeOptions& options) {
  const SignalWatch signals;
  return carry_out(plan_resume(options), signals);
}

}  // namespace payferry
