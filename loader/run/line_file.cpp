#include "loader/run/line_file.hpp"

#include <fcntl.h>

#include <cerrno>
#include <cstring>
#include <string>

#include "loader/run/disk_failure.hpp"
#include "loader/run/file_descriptor.hpp"
#include "loader/run/line_reader.hpp"

namespace payferry {

namespace {

[[noreturn]] void fail(const char* what, const std::filesystem::path& path) {
  throw DiskFailure(std::string("Cannot ") + what + " " + path.string() + ": " +
                    std::strerror(errno));
}

}  // namespace

std::uint64_t read_lines(const std::filesystem::path& path, std::uint64_t from,
                         const std::function<void(std::string_view, std::uint64_t)>& on_line) {
  LineReader lines(path, from);
  while (const auto line = lines.next()) on_line(*line, lines.line_offset());
  return lines.next_offset();
}

void cut_off(const std::filesystem::path& path, std::uint64_t bytes) {
  const FileDescriptor file(::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW));
  if (!file.is_open() && errno == ENOENT) return;
  if (!file.is_open()) fail("open", path);
  if (static_cast<std::uint64_t>(::lseek(file.get(), 0, SEEK_END)) <= bytes) return;
  if (::ftruncate(file.get(), static_cast<off_t>(bytes)) != 0) fail("cut off", path);
  if (::fsync(file.get()) != 0) fail("flush", path);
}

}  // namespace payferry
