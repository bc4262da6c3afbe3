#pragma once

#include <fcntl.h>
#include <sys/stat.h>

#include <csignal>
#include <filesystem>
#include <stdexcept>
#include <string>

#include "loader/run/file_descriptor.hpp"
#include "model/outcome.hpp"

namespace payferry::test {

inline std::string created_line(std::uint64_t record, const std::string& id) {
  Outcome outcome;
  outcome.record = RecordNumber(record);
  outcome.status = OutcomeStatus::created;
  outcome.id = id;
  std::string line;
  append_outcome_line(line, outcome, {LineNumber(record + 1), "", ""});
  return line;
}

/// A results log that is a named pipe: a pass over it takes as long as the test wants.
class PipedLog {
 public:
  explicit PipedLog(std::filesystem::path path) : path_(std::move(path)) {
    if (::mkfifo(path_.c_str(), S_IRUSR | S_IWUSR) != 0) throw std::runtime_error("mkfifo");
  }

  const std::filesystem::path& path() const { return path_; }
  /// Returns once a pass has begun.
  void await_pass() { end_ = FileDescriptor(::open(path_.c_str(), O_WRONLY | O_CLOEXEC)); }
  void give(const std::string& lines) const {
    if (!write_whole(end_.get(), lines)) throw std::runtime_error("write");
  }
  /// The pass finds the end of the log.
  void end_pass() { end_ = FileDescriptor(); }
  /// Returns once no pass reads any more. Has a thread to itself, which a broken pipe must not end.
  void give_without_end(const std::string& lines) const {
    sigset_t broken_pipe;
    ::sigemptyset(&broken_pipe);
    ::sigaddset(&broken_pipe, SIGPIPE);
    ::pthread_sigmask(SIG_BLOCK, &broken_pipe, nullptr);
    while (write_whole(end_.get(), lines)) {
    }
  }

 private:
  std::filesystem::path path_;
  FileDescriptor end_;
};

}  // namespace payferry::test
