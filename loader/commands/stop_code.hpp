#pragma once

#include "loader/commands/command_failure.hpp"
#include "loader/delivery/stop_signal.hpp"

namespace payferry {

/// With what code a command ends that was stopped for this.
ExitCode code_of(StopReason reason);

}  // namespace payferry
