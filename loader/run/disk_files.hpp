#pragma once

#include "loader/run/disk_log.hpp"
#include "loader/run/run_files.hpp"

namespace payferry {

/// RunFiles on a real disk.
class DiskFiles final : public RunFiles {
 public:
  explicit DiskFiles(DiskLog::Paths paths) : paths_(std::move(paths)) {}

  std::uint64_t size(LogFile file) const override;
  std::uint64_t read_lines(LogFile file, std::uint64_t from, const OnLine& on_line) const override;
  void cut_off(LogFile file, std::uint64_t bytes) override;
  void write_again(LogFile file, std::uint64_t from) override;
  std::string name(LogFile file) const override { return path(file).string(); }

 private:
  const std::filesystem::path& path(LogFile file) const {
    return paths_[static_cast<std::size_t>(file)];
  }

  DiskLog::Paths paths_;
};

}  // namespace payferry
