#include "loader/commands/stop_code.hpp"

namespace payferry {

ExitCode code_of(StopReason reason) {
  switch (reason) {
    case StopReason::none:
      return ExitCode::all_loaded;
    case StopReason::unusable:
      return ExitCode::unusable;
    case StopReason::token_refused:
    case StopReason::scope_missing:
      return ExitCode::refused_by_hubspot;
    case StopReason::interrupted:
    case StopReason::deadline:
    case StopReason::daily_quota:
    case StopReason::outage:
    case StopReason::max_errors:
    case StopReason::disk:
    case StopReason::failed:
      return ExitCode::stopped;
  }
  return ExitCode::stopped;
}

}  // namespace payferry
