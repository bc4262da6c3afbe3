#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

#include "loader/run/file_descriptor.hpp"

namespace payferry {

/// A file of the run directory that only grows, for what is written seldom enough to be waited for.
class AppendFile {
 public:
  /// Opens the file, or makes it, readable by its owner only. Throws DiskFailure.
  explicit AppendFile(std::filesystem::path path);

  /// All of it or, where that fails, nothing that stays. Throws DiskFailure.
  void append(std::string_view text);
  /// Returns when all that was appended is durable. Throws DiskFailure.
  void flush();
  std::uint64_t size() const { return bytes_; }

 private:
  std::filesystem::path path_;
  FileDescriptor file_;
  std::uint64_t bytes_ = 0;
};

}  // namespace payferry
