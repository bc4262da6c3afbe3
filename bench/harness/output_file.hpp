#pragma once

#include <cstdio>
#include <string>

namespace payferry::bench {

/// A file that is written in large pieces, and whose troubles are exceptions (std::runtime_error).
class OutputFile {
 public:
  /// "-" is standard output.
  explicit OutputFile(const std::string& path);
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  /// What is to be written next.
  std::string& text() { return text_; }
  void write_if_large();
  /// All of it; to be called at the end.
  void write();

 private:
  [[noreturn]] void fail() const;

  std::string name_;
  std::FILE* file_;
  std::string text_;
};

}  // namespace payferry::bench
