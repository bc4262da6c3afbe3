#include "loader/run/append_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <string>

#include "loader/run/disk_failure.hpp"

namespace payferry {

namespace {

[[noreturn]] void fail(const char* what, const std::filesystem::path& path, int error) {
  throw DiskFailure(std::string("Cannot ") + what + " " + path.string() + ": " +
                    std::strerror(error) + ". Mend the disk, then run the same command again");
}

void make_name_durable(const std::filesystem::path& path) {
  const FileDescriptor folder(
      ::open(path.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder.is_open()) ::fsync(folder.get());
}

}  // namespace

AppendFile::AppendFile(std::filesystem::path path)
    : path_(std::move(path)),
      file_(::open(path_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW,
                   S_IRUSR | S_IWUSR)) {
  if (!file_.is_open()) fail("open", path_, errno);
  const off_t end = ::lseek(file_.get(), 0, SEEK_END);
  if (end < 0) fail("look at", path_, errno);
  bytes_ = static_cast<std::uint64_t>(end);
  if (bytes_ == 0) make_name_durable(path_);
}

void AppendFile::append(std::string_view text) {
  if (!write_whole(file_.get(), text)) {
    const int error = errno;
    // Best effort: half a line at the end is cut off by whoever goes on.
    [[maybe_unused]] const int ignored = ::ftruncate(file_.get(), static_cast<off_t>(bytes_));
    fail("write", path_, error);
  }
  bytes_ += text.size();
}

void AppendFile::flush() {
  if (::fdatasync(file_.get()) != 0) fail("flush", path_, errno);
}

}  // namespace payferry
