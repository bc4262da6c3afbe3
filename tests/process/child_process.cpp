#include "process/child_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <system_error>

namespace payferry::test {

namespace {

std::string content_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream content;
  content << file.rdbuf();
  return content.str();
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> result;
  for (std::string& text : texts) result.push_back(text.data());
  result.push_back(nullptr);
  return result;
}

}  // namespace

ChildProcess::ChildProcess(const std::filesystem::path& program,
                           const std::vector<std::string>& arguments,
                           const std::map<std::string, std::string>& environment,
                           const std::filesystem::path& scratch,
                           std::optional<int> standard_input) {
  static int count = 0;
  const std::string name = "process-" + std::to_string(++count);
  out_ = scratch / (name + ".out");
  err_ = scratch / (name + ".err");
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  constexpr int kFlags = O_WRONLY | O_CREAT | O_TRUNC;
  if (standard_input) {
    posix_spawn_file_actions_adddup2(&actions, *standard_input, STDIN_FILENO);
  } else {
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  }
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, out_.c_str(), kFlags, 0600);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, err_.c_str(), kFlags, 0600);
  posix_spawn_file_actions_addchdir_np(&actions, scratch.c_str());

  std::vector<std::string> words{program.string()};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<std::string> variables;
  for (const auto& [key, value] : environment) variables.push_back(key + "=" + value);
  const int error = ::posix_spawn(&id_, program.c_str(), &actions, nullptr, pointers(words).data(),
                                  pointers(variables).data());
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0)
    throw std::system_error(error, std::generic_category(), "cannot start " + program.string());
  ended_ = static_cast<int>(::syscall(SYS_pidfd_open, id_, 0));
  if (ended_ < 0) throw std::system_error(errno, std::generic_category(), "pidfd_open");
}

ChildProcess::~ChildProcess() {
  if (!reaped_) {
    send_signal(SIGKILL);
    ::waitpid(id_, nullptr, 0);
  }
  ::close(ended_);
}

void ChildProcess::send_signal(int number) const {
  ::kill(id_, number);
}

std::string ChildProcess::told() const {
  return content_of(err_);
}

std::optional<ProcessResult> ChildProcess::wait(std::chrono::milliseconds limit) {
  pollfd ended{ended_, POLLIN, 0};
  if (::poll(&ended, 1, static_cast<int>(limit.count())) != 1) return std::nullopt;
  int status = 0;
  ::waitpid(id_, &status, 0);
  reaped_ = true;
  ProcessResult result;
  if (WIFEXITED(status)) result.exit_code = WEXITSTATUS(status);
  result.out = content_of(out_);
  result.err = content_of(err_);
  return result;
}

}  // namespace payferry::test
