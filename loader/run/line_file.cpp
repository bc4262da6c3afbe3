#include "loader/run/line_file.hpp"

#include <fcntl.h>

#include <cerrno>
#include <cstring>
#include <string>

#include "loader/run/disk_failure.hpp"
#include "loader/run/file_descriptor.hpp"

namespace payferry {

namespace {

constexpr std::size_t kReadBytes = 256 * 1024;

[[noreturn]] void fail(const char* what, const std::filesystem::path& path) {
  throw DiskFailure(std::string("Cannot ") + what + " " + path.string() + ": " +
                    std::strerror(errno));
}

std::size_t read_some(int file, char* into, std::size_t bytes, std::uint64_t offset,
                      const std::filesystem::path& path) {
  for (;;) {
    const ssize_t got = ::pread(file, into, bytes, static_cast<off_t>(offset));
    if (got >= 0) return static_cast<std::size_t>(got);
    if (errno != EINTR) fail("read", path);
  }
}

}  // namespace

std::uint64_t read_lines(const std::filesystem::path& path, std::uint64_t from,
                         const std::function<void(std::string_view, std::uint64_t)>& on_line) {
  const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.is_open() && errno == ENOENT) return 0;
  if (!file.is_open()) fail("open", path);
  std::string block;                  // from the start of the first line not yet given
  std::uint64_t block_offset = from;  // where the block starts in the file
  for (;;) {
    const std::size_t held = block.size();
    block.resize(held + kReadBytes);
    const std::size_t got =
        read_some(file.get(), block.data() + held, kReadBytes, block_offset + held, path);
    block.resize(held + got);
    if (got == 0) return block_offset;
    std::size_t start = 0;
    for (auto end = block.find('\n', held); end != std::string::npos;
         end = block.find('\n', start)) {
      on_line(std::string_view(block).substr(start, end - start), block_offset + start);
      start = end + 1;
    }
    block.erase(0, start);
    block_offset += start;
  }
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
