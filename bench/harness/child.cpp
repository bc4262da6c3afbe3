#include "bench/harness/child.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <stdexcept>
#include <system_error>

#include "bench/harness/scratch_folder.hpp"

namespace payferry::bench {

namespace {

using Seconds = std::chrono::duration<double>;

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> result;
  for (std::string& text : texts) result.push_back(text.data());
  result.push_back(nullptr);
  return result;
}

std::vector<std::string> environment_with(const std::map<std::string, std::string>& more) {
  std::vector<std::string> variables;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    const std::string text = *variable;
    if (!more.contains(text.substr(0, text.find('=')))) variables.push_back(text);
  }
  for (const auto& [name, value] : more) variables.push_back(name + "=" + value);
  return variables;
}

/// What a started program finds open, and where.
class FileActions {
 public:
  explicit FileActions(const ChildCommand& command) {
    ::posix_spawn_file_actions_init(&actions_);
    const std::string output = command.output.empty() ? "/dev/null" : command.output.string();
    constexpr int kFlags = O_WRONLY | O_CREAT | O_TRUNC | O_APPEND;
    ::posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    ::posix_spawn_file_actions_addopen(&actions_, STDOUT_FILENO, output.c_str(), kFlags, 0600);
    ::posix_spawn_file_actions_adddup2(&actions_, STDOUT_FILENO, STDERR_FILENO);
    if (!command.directory.empty())
      ::posix_spawn_file_actions_addchdir_np(&actions_, command.directory.c_str());
  }
  ~FileActions() { ::posix_spawn_file_actions_destroy(&actions_); }
  FileActions(const FileActions&) = delete;
  FileActions& operator=(const FileActions&) = delete;

  const posix_spawn_file_actions_t* get() const { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_{};
};

Seconds seconds(const timeval& time) {
  return Seconds(static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6);
}

std::string end_of(const std::filesystem::path& output) {
  constexpr std::size_t kMostBytes = 2000;
  if (output.empty()) return {};
  const std::string text = read_file(output);
  return ":\n" + text.substr(text.size() - std::min(kMostBytes, text.size()));
}

}  // namespace

Child::Child(const ChildCommand& command) : begun_(std::chrono::steady_clock::now()) {
  std::vector<std::string> words{command.program.string()};
  words.insert(words.end(), command.arguments.begin(), command.arguments.end());
  std::vector<std::string> variables = environment_with(command.environment);
  const FileActions actions(command);
  const int error = ::posix_spawn(&id_, command.program.c_str(), actions.get(), nullptr,
                                  pointers(words).data(), pointers(variables).data());
  if (error != 0)
    throw std::system_error(error, std::generic_category(),
                            "cannot start " + command.program.string());
  ended_ = static_cast<int>(::syscall(SYS_pidfd_open, id_, 0));
  if (ended_ < 0) throw std::system_error(errno, std::generic_category(), "pidfd_open");
}

Child::~Child() {
  if (!reaped_) {
    send_signal(SIGKILL);
    ::waitpid(id_, nullptr, 0);
  }
  ::close(ended_);
}

void Child::send_signal(int number) const {
  ::kill(id_, number);
}

bool Child::ends_within(std::chrono::milliseconds limit) const {
  pollfd ended{ended_, POLLIN, 0};
  return ::poll(&ended, 1, static_cast<int>(limit.count())) == 1;
}

ChildUsage Child::wait() {
  int status = 0;
  rusage usage{};
  if (::wait4(id_, &status, 0, &usage) != id_)
    throw std::system_error(errno, std::generic_category(), "wait4");
  reaped_ = true;
  ChildUsage used;
  if (WIFEXITED(status)) used.exit_code = WEXITSTATUS(status);
  used.wall = std::chrono::steady_clock::now() - begun_;
  used.cpu = seconds(usage.ru_utime) + seconds(usage.ru_stime);
  used.peak_rss_kib = static_cast<std::size_t>(usage.ru_maxrss);
  return used;
}

ChildUsage run_child(const ChildCommand& command, const std::vector<int>& good) {
  Child child(command);
  const ChildUsage usage = child.wait();
  if (std::find(good.begin(), good.end(), usage.exit_code) == good.end())
    throw std::runtime_error(command.program.filename().string() + " ended with exit code " +
                             std::to_string(usage.exit_code) + end_of(command.output));
  return usage;
}

}  // namespace payferry::bench
