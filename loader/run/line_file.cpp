#include "loader/run/line_file.hpp"

#include <fcntl.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <vector>

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

void write_again(const std::filesystem::path& path, std::uint64_t from) {
  const FileDescriptor file(::open(path.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW));
  if (!file.is_open() && errno == ENOENT) return;
  if (!file.is_open()) fail("open", path);
  std::vector<char> block(256 * 1024);
  for (auto at = static_cast<off_t>(from);;) {
    const ssize_t got = ::pread(file.get(), block.data(), block.size(), at);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail("read", path);
    if (got == 0) break;
    // What a short write leaves out is read and written in the next turn.
    const ssize_t written = ::pwrite(file.get(), block.data(), static_cast<std::size_t>(got), at);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail("write", path);
    at += written;
  }
  if (::fsync(file.get()) != 0) fail("flush", path);
}

}  // namespace payferry
