#include "loader/source/input_file.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace payferry {

namespace {

constexpr char kStandardInput[] = "-";

std::string error_text() {
  return std::error_code(errno, std::generic_category()).message();
}

InputError cannot_open(const std::string& path) {
  return InputError("Cannot open the input " + path + ": " + error_text() +
                    "; check its name and its permissions.");
}

bool is_fifo(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && S_ISFIFO(status.st_mode);
}

}  // namespace

/// A FIFO's writer is waited for where a stop can end the waiting, which open() would not let it.
tl::expected<InputFile, InputError> InputFile::open(const std::string& path) {
  const bool opens_at_once = is_fifo(path);
  const int at_once = opens_at_once ? O_NONBLOCK : 0;
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | at_once);
  if (descriptor < 0) return tl::unexpected(cannot_open(path));
  InputFile file(descriptor, path);
  if (opens_at_once && ::fcntl(descriptor, F_SETFL, 0) != 0)
    return tl::unexpected(cannot_open(path));
  file.waits_for_writer_ = opens_at_once;
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) return tl::unexpected(cannot_open(path));
  if (S_ISDIR(status.st_mode)) {
    return tl::unexpected(InputError("The input " + path + " is a directory; name a file in it."));
  }
  return file;
}

InputFile::InputFile(int descriptor, std::string name)
    : descriptor_(descriptor), name_(std::move(name)) {
  struct stat status {};
  if (::fstat(descriptor_, &status) == 0 && S_ISREG(status.st_mode)) {
    size_ = static_cast<std::uint64_t>(status.st_size);
  }
}

InputFile::InputFile(InputFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      name_(std::move(other.name_)),
      size_(other.size_),
      waits_for_writer_(other.waits_for_writer_) {}

InputFile::~InputFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

/// Before there was one, a FIFO looks as if it had come to its end.
void InputFile::wait_for_writer() const {
  pollfd pipe{descriptor_, POLLIN, 0};
  while (::poll(&pipe, 1, -1) < 0 && errno == EINTR) {
  }
}

tl::expected<std::size_t, ReadFailure> InputFile::read(std::span<char> buffer) {
  if (std::exchange(waits_for_writer_, false)) wait_for_writer();
  for (;;) {
    const ssize_t count = ::read(descriptor_, buffer.data(), buffer.size());
    if (count >= 0) return static_cast<std::size_t>(count);
    if (errno != EINTR) return tl::unexpected(failure());
  }
}

tl::expected<std::size_t, ReadFailure> InputFile::read_at(std::uint64_t offset,
                                                          std::span<char> buffer) {
  std::size_t done = 0;
  while (done < buffer.size()) {
    const ssize_t count = ::pread(descriptor_, buffer.data() + done, buffer.size() - done,
                                  static_cast<off_t>(offset + done));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return tl::unexpected(failure());
    if (count == 0) break;
    done += static_cast<std::size_t>(count);
  }
  return done;
}

tl::expected<void, ReadFailure> InputFile::seek(std::uint64_t offset) {
  if (::lseek(descriptor_, static_cast<off_t>(offset), SEEK_SET) < 0) {
    return tl::unexpected(failure());
  }
  return {};
}

ReadFailure InputFile::failure() const {
  return ReadFailure("cannot read " + name_ + ": " + error_text());
}

std::string input_name(const std::string& path) {
  return path == kStandardInput ? "standard input" : path;
}

tl::expected<InputFile, InputError> open_input_file(const std::string& path) {
  if (path != kStandardInput) return InputFile::open(path);
  const int descriptor = ::dup(STDIN_FILENO);
  if (descriptor < 0) return tl::unexpected(InputError("Standard input is closed."));
  return InputFile(descriptor, input_name(path));
}

}  // namespace payferry
