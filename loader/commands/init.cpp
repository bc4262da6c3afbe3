#include "loader/commands/commands.hpp"

namespace payferry {

ExitCode run_init(const InitOptions&) {
  throw CommandFailure(ExitCode::unusable, "x");
}

}  // namespace payferry
