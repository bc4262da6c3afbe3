#pragma once

#include <optional>
#include <string>

#include "bench/simulator/server/simulator_server.hpp"

namespace payferry::simulator {

/// What payferry-sim was asked to do.
struct CommandLine {
  ServerOptions server;
  std::string ready_file;    ///< gets the base URL once the server listens
  double external_rate = 0;  ///< requests a second of another integration
};

/// What is to be printed instead, and with what exit code: help (0) or one sentence on what is
/// wrong (2).
struct CommandLineEnd {
  int exit_code = 0;
  std::string text;
};

/// Reads the arguments of payferry-sim. `end` is set where there is nothing to serve.
std::optional<CommandLine> read_command_line(int argc, const char* const* argv,
                                             CommandLineEnd& end);

}  // namespace payferry::simulator
