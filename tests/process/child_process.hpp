#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace payferry::test {

/// How a program ended and what it said.
struct ProcessResult {
  int exit_code = -1;  ///< -1: by a signal
  std::string out;
  std::string err;
};

/// A real process. Killed when it is still running at the end of its owner's life.
class ChildProcess {
 public:
  /// Runs in `scratch`, which must outlive this; output goes to files there. `environment` is all
  /// that the child gets. `standard_input` is an open descriptor; without one, nothing comes.
  ChildProcess(const std::filesystem::path& program, const std::vector<std::string>& arguments,
               const std::map<std::string, std::string>& environment,
               const std::filesystem::path& scratch, std::optional<int> standard_input = {});
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  void send_signal(int number) const;
  /// Nothing if it has not ended within `limit`.
  std::optional<ProcessResult> wait(std::chrono::milliseconds limit);
  pid_t id() const { return id_; }
  /// What it has written to standard error so far.
  std::string told() const;

 private:
  std::filesystem::path out_;
  std::filesystem::path err_;
  pid_t id_ = -1;
  int ended_ = -1;  ///< becomes readable when the process ends
  bool reaped_ = false;
};

}  // namespace payferry::test
