#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace payferry::bench {

/// What a program, with the programs that it started and waited for, took from begin to end.
struct ChildUsage {
  int exit_code = -1;  ///< -1: ended by a signal
  std::chrono::duration<double> wall{};
  std::chrono::duration<double> cpu{};  ///< user and system
  std::size_t peak_rss_kib = 0;         ///< of the largest of them
};

struct ChildCommand {
  std::filesystem::path program;
  std::vector<std::string> arguments = {};
  std::map<std::string, std::string> environment = {};  ///< beside this process's own
  std::filesystem::path output = {};                    ///< of both streams; empty: nowhere
  std::filesystem::path directory = {};                 ///< to work in; empty: this process's
};

/// A running program; killed where its owner goes before it has ended.
///
/// The kernel takes the peak of the process that starts a program for the program's own where it is
/// higher. So whoever measures memory must not have used much itself.
class Child {
 public:
  /// Throws std::system_error.
  explicit Child(const ChildCommand& command);
  ~Child();
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  pid_t id() const { return id_; }
  void send_signal(int number) const;
  /// False where it has not ended within `limit`; wait() then returns at once.
  bool ends_within(std::chrono::milliseconds limit) const;
  /// To be called once.
  ChildUsage wait();

 private:
  pid_t id_ = -1;
  int ended_ = -1;  ///< becomes readable when the program ends
  bool reaped_ = false;
  std::chrono::steady_clock::time_point begun_;
};

/// Runs it to its end. Throws std::runtime_error with the end of its output where its exit code is
/// none of `good`.
ChildUsage run_child(const ChildCommand& command, const std::vector<int>& good = {0});

}  // namespace payferry::bench
