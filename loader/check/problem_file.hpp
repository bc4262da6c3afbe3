#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "loader/check/problem.hpp"
#include "loader/run/file_descriptor.hpp"

namespace payferry {

/// "payments-problems.ndjson" for "exports/payments.csv.gz": in the current directory.
std::filesystem::path problem_file_name(const std::string& first_input);

/// The complete list of problems, a line each (0600). Made with the first problem; stands under its
/// name only once it is whole. Never throws: what cannot be written is told by failure().
class ProblemFile {
 public:
  explicit ProblemFile(std::filesystem::path path);
  ~ProblemFile();
  ProblemFile(const ProblemFile&) = delete;
  ProblemFile& operator=(const ProblemFile&) = delete;

  void add(const Problem& problem);
  /// Gives the file its name. Where there was no problem, a list that an earlier check left there
  /// is removed: it is no longer true.
  void finish();

  const std::filesystem::path& path() const { return path_; }
  /// Why the list is not there or not complete, one sentence; usually empty.
  const std::string& failure() const { return failure_; }

 private:
  void open();
  void write_out();
  void fail();
  void remove_earlier_list() const;

  std::filesystem::path path_;
  std::filesystem::path partial_;
  FileDescriptor file_;
  std::string buffer_;
  std::uint64_t problems_ = 0;
  bool finished_ = false;
  std::string failure_;
};

}  // namespace payferry
