#include "loader/run/line_reader.hpp"

#include <fcntl.h>

#include <cerrno>
#include <cstring>

#include "loader/run/disk_failure.hpp"

namespace payferry {

namespace {

constexpr std::size_t kReadBytes = 256 * 1024;

[[noreturn]] void fail(const char* what, const std::filesystem::path& path) {
  throw DiskFailure(std::string("Cannot ") + what + " " + path.string() + ": " +
                    std::strerror(errno));
}

}  // namespace

LineReader::LineReader(std::filesystem::path path, std::uint64_t from)
    : path_(std::move(path)),
      file_(::open(path_.c_str(), O_RDONLY | O_CLOEXEC)),
      block_offset_(from) {
  if (!file_.is_open() && errno != ENOENT) fail("open", path_);
  if (!file_.is_open()) block_offset_ = 0;
  if (block_offset_ > 0 && ::lseek(file_.get(), static_cast<off_t>(from), SEEK_SET) < 0)
    fail("read", path_);
}

std::optional<std::string_view> LineReader::next() {
  for (;;) {
    const std::size_t end = block_.find('\n', taken_ + searched_);
    if (end != std::string::npos) {
      const std::string_view line = std::string_view(block_).substr(taken_, end - taken_);
      line_offset_ = next_offset();
      taken_ = end + 1;
      searched_ = 0;
      return line;
    }
    searched_ = block_.size() - taken_;
    if (!fill()) return std::nullopt;
  }
}

/// Reads on; false at the end of the file.
bool LineReader::fill() {
  if (!file_.is_open()) return false;
  block_.erase(0, taken_);
  block_offset_ += taken_;
  taken_ = 0;
  const std::size_t held = block_.size();
  block_.resize(held + kReadBytes);
  for (;;) {
    const ssize_t got = ::read(file_.get(), block_.data() + held, kReadBytes);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail("read", path_);
    block_.resize(held + static_cast<std::size_t>(got));
    return got > 0;
  }
}

}  // namespace payferry
