#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace payferry::bench {

/// A folder of its own for a benchmark's files; gone with its owner.
class ScratchFolder {
 public:
  /// Below TMPDIR, or /tmp. Throws std::system_error.
  ScratchFolder();
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  std::filesystem::path file(const std::string& name) const { return path_ / name; }
  /// Returns where it was written. Throws std::runtime_error.
  std::filesystem::path write(const std::string& name, std::string_view content) const;
  void remove(const std::string& name) const;

 private:
  std::filesystem::path path_;
};

/// Throws std::runtime_error where it cannot be read.
std::string read_file(const std::filesystem::path& path);

}  // namespace payferry::bench
