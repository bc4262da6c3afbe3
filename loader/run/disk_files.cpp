#include "loader/run/disk_files.hpp"

#include "loader/run/line_file.hpp"

namespace payferry {

std::uint64_t DiskFiles::size(LogFile file) const {
  std::error_code missing;
  const auto bytes = std::filesystem::file_size(path(file), missing);
  return missing ? 0 : bytes;
}

std::uint64_t DiskFiles::read_lines(LogFile file, std::uint64_t from, const OnLine& on_line) const {
  return payferry::read_lines(path(file), from, on_line);
}

void DiskFiles::cut_off(LogFile file, std::uint64_t bytes) {
  payferry::cut_off(path(file), bytes);
}

void DiskFiles::write_again(LogFile file, std::uint64_t from) {
  payferry::write_again(path(file), from);
}

}  // namespace payferry
