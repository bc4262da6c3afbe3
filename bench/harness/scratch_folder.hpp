#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace payferry::bench {

/// A folder of its own for a benchmark's files; gone with its owner unless it is to be kept.
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
  void keep() { is_kept_ = true; }

 private:
  std::filesystem::path path_;
  bool is_kept_ = false;
};

/// Throws std::runtime_error where it cannot be read.
std::string read_file(const std::filesystem::path& path);

}  // namespace payferry::bench
