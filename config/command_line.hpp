#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <variant>
#include <vector>

#include "config/max_errors.hpp"
#include "config/stop_time.hpp"

namespace payferry {

enum class ProgressMode { automatic, bar, plain, none };
enum class LogLevel { trace, debug, info, warn, error };

struct CommonOptions {
  std::vector<std::string> overrides;  ///< KEY=VALUE of --set, in order, not yet checked
  ProgressMode progress = ProgressMode::automatic;
  LogLevel log_level = LogLevel::info;
};

/// What may be said of a run each time that it goes on.
struct RunOptions {
  std::optional<MaxErrors> max_errors;
  std::optional<StopTime> deadline;
  std::optional<std::string> metrics_file;
  std::optional<std::string> html;
  bool wait = false;
};

struct LoadOptions {
  CommonOptions common;
  std::string config;
  std::vector<std::string> inputs;  ///< at least one; "-" stands alone
  std::optional<std::string> run_dir;
  std::optional<std::uint64_t> limit;
  RunOptions run;
};

struct ResumeOptions {
  CommonOptions common;
  std::string run_dir;
  RunOptions run;
};

struct CheckOptions {
  CommonOptions common;
  std::string config;
  std::vector<std::string> inputs;
  bool offline = false;
};

struct InitOptions {
  CommonOptions common;
  std::string input;
  std::optional<std::string> output;  ///< nothing: standard output
};

struct ReportOptions {
  CommonOptions common;
  std::string run_dir;
  bool json = false;
  std::optional<std::string> html;
};

struct VerifyOptions {
  CommonOptions common;
  std::string run_dir;
};

struct UndoOptions {
  CommonOptions common;
  std::string run_dir;
  bool yes = false;
};

/// What payferry was asked to do: one alternative for each command (interface.md §2).
using CommandLine = std::variant<LoadOptions, ResumeOptions, CheckOptions, InitOptions,
                                 ReportOptions, VerifyOptions, UndoOptions>;

/// The program is done before it began: --help, --version, or a usage error.
struct Ending {
  int exit_code = 0;
  std::string out;  ///< for standard output
  std::string err;  ///< for standard error
};

/// `arguments` without the program's name. Touches neither files nor the environment.
/// `commit`: what the program was built from, for --version; may be empty.
tl::expected<CommandLine, Ending> parse_command_line(std::span<const std::string> arguments,
                                                     std::string_view commit = {});

}  // namespace payferry
