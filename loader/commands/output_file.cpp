#include "loader/commands/output_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <iostream>

#include "loader/commands/command_failure.hpp"
#include "loader/run/file_descriptor.hpp"

namespace payferry {

namespace {

[[noreturn]] void fail(const std::string& path) {
  throw CommandFailure(ExitCode::unusable, "Cannot write " + path + ": " + std::strerror(errno));
}

/// A terminal, a pipe or /dev/null cannot be replaced, only written to.
bool is_special(const std::string& path) {
  std::error_code ignored;
  const auto status = std::filesystem::status(path, ignored);
  return std::filesystem::exists(status) && !std::filesystem::is_regular_file(status);
}

void write_in_place(const std::string& path, std::string_view content) {
  const FileDescriptor file(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
  if (!file.is_open() || !write_whole(file.get(), content)) fail(path);
}

}  // namespace

void write_to_standard_output(std::string_view content) {
  std::cout.flush();
  if (write_whole(STDOUT_FILENO, content) || errno == EPIPE) return;
  throw CommandFailure(ExitCode::unusable,
                       std::string("Cannot write to standard output: ") + std::strerror(errno));
}

void write_output(const std::string& path, std::string_view content, unsigned mode) {
  if (path == "-") {
    write_to_standard_output(content);
    return;
  }
  if (is_special(path)) return write_in_place(path, content);
  // The process's own number keeps two writers of one file apart.
  const std::string fresh = path + ".new-" + std::to_string(::getpid());
  const int flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW;
  const FileDescriptor file(::open(fresh.c_str(), flags, mode));
  if (!file.is_open()) fail(path);
  const bool written = write_whole(file.get(), content) && ::fchmod(file.get(), mode) == 0 &&
                       ::rename(fresh.c_str(), path.c_str()) == 0;
  if (written) return;
  const int error = errno;
  ::unlink(fresh.c_str());
  errno = error;
  fail(path);
}

}  // namespace payferry
