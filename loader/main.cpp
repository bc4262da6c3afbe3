#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <exception>
#include <string>
#include <vector>

#include "config/command_line.hpp"
#include "loader/commands/commands.hpp"
#include "loader/commands/failure_text.hpp"
#include "loader/commands/output_file.hpp"
#include "loader/commands/tell.hpp"
#include "payferry_commit.hpp"

namespace payferry {
namespace {

ExitCode dispatch(const CommandLine& command) {
  if (const auto* init = std::get_if<InitOptions>(&command)) return run_init(*init);
  if (const auto* check = std::get_if<CheckOptions>(&command)) return run_check(*check);
  if (const auto* load = std::get_if<LoadOptions>(&command)) return run_load(*load);
  if (const auto* resume = std::get_if<ResumeOptions>(&command)) return run_resume(*resume);
  if (const auto* report = std::get_if<ReportOptions>(&command)) return run_report(*report);
  if (const auto* verify = std::get_if<VerifyOptions>(&command)) return run_verify(*verify);
  return run_undo(std::get<UndoOptions>(command));
}

/// What is opened must not get the number of an output that is closed: a summary would be written
/// into it. Only for reading, so that a write fails as before.
void occupy_standard_descriptors() {
  for (int descriptor = 0; descriptor <= STDERR_FILENO;) {
    descriptor = ::open("/dev/null", O_RDONLY);
    if (descriptor < 0) return;
    if (descriptor > STDERR_FILENO) ::close(descriptor);
  }
}

int run(const std::vector<std::string>& arguments) {
  try {
    const auto command = parse_command_line(arguments, kCommit);
    if (!command) {
      write_to_standard_output(command.error().out);
      if (!command.error().err.empty()) tell(command.error().err);
      return command.error().exit_code;
    }
    return static_cast<int>(dispatch(*command));
  } catch (const CommandFailure& failure) {
    tell(std::string("payferry: ") + failure.what());
    return static_cast<int>(failure.code());
  } catch (const std::exception& failure) {
    tell("payferry: " + failure_text(failure));
    return static_cast<int>(ExitCode::unusable);
  }
}

}  // namespace
}  // namespace payferry

int main(int argc, char** argv) {
  // Payment data is for its owner only, whatever writes it.
  ::umask(S_IRWXG | S_IRWXO);
  // A reader of our output that goes away must not end a load.
  std::signal(SIGPIPE, SIG_IGN);
  // A file at its size limit (ulimit -f) is a full disk, to be told and gone on from.
  std::signal(SIGXFSZ, SIG_IGN);
  payferry::occupy_standard_descriptors();
  return payferry::run(std::vector<std::string>(argv + 1, argv + argc));
}
