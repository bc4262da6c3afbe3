#include "loader/commands/commands.hpp"
#include "loader/commands/run_plan.hpp"
#include "loader/commands/run_session.hpp"

namespace payferry {

ExitCode run_resume(const ResumeOptions& options) {
  return carry_out(plan_resume(options));
}

}  // namespace payferry
