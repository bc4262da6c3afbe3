#include "net/budget_file.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <optional>

namespace payferry {

namespace {

// Bytes of the file that are locked; nothing is stored there. The first guards the content, each
// process holds one of the others for as long as it lives.
constexpr off_t kContentLock = 1 << 20;
constexpr off_t kProcessLocks = kContentLock + 1;
constexpr auto kForgottenAfter = std::chrono::hours(1);
constexpr int kTries = 3;

off_t lock_of(std::size_t process) {
  return kProcessLocks + static_cast<off_t>(process);
}

struct flock lock_at(off_t byte, short type) {
  struct flock lock {};
  lock.l_type = type;
  lock.l_whence = SEEK_SET;
  lock.l_start = byte;
  lock.l_len = 1;
  return lock;
}

bool try_lock(const Descriptor& file, off_t byte) {
  auto lock = lock_at(byte, F_WRLCK);
  return ::fcntl(file.number(), F_OFD_SETLK, &lock) == 0;
}

bool is_locked_by_another(const Descriptor& file, off_t byte) {
  auto lock = lock_at(byte, F_WRLCK);
  return ::fcntl(file.number(), F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
}

bool is_only_ours(const struct stat& status) {
  return status.st_uid == ::geteuid() && (status.st_mode & 077) == 0;
}

Descriptor open_directory(const std::filesystem::path& directory) {
  Descriptor opened(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  struct stat status {};
  const bool is_safe =
      opened.is_open() && ::fstat(opened.number(), &status) == 0 && is_only_ours(status);
  return is_safe ? std::move(opened) : Descriptor();
}

Descriptor open_file(const Descriptor& directory, const std::string& name) {
  Descriptor opened(
      ::openat(directory.number(), name.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600));
  struct stat status {};
  const bool is_safe = opened.is_open() && ::fstat(opened.number(), &status) == 0 &&
                       S_ISREG(status.st_mode) && is_only_ours(status);
  return is_safe ? std::move(opened) : Descriptor();
}

/// The name still leads to this file: nobody swept it away between opening and joining.
bool is_still_there(const Descriptor& directory, const std::string& name, const Descriptor& file) {
  struct stat named {};
  struct stat opened {};
  return ::fstatat(directory.number(), name.c_str(), &named, AT_SYMLINK_NOFOLLOW) == 0 &&
         ::fstat(file.number(), &opened) == 0 && named.st_ino == opened.st_ino;
}

/// Takes the first place that no living process holds.
std::optional<std::size_t> join(const Descriptor& file) {
  for (std::size_t process = 0; process < BudgetFile::kProcesses; ++process) {
    if (try_lock(file, lock_of(process))) return process;
  }
  return std::nullopt;
}

bool is_in_use(const Descriptor& file) {
  for (std::size_t process = 0; process < BudgetFile::kProcesses; ++process) {
    if (is_locked_by_another(file, lock_of(process))) return true;
  }
  return false;
}

void sweep(const std::filesystem::path& directory, const Descriptor& opened_directory,
           const std::string& ours) {
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(directory, error)) {
    const auto name = entry.path().filename().string();
    const auto age = std::filesystem::file_time_type::clock::now() - entry.last_write_time(error);
    if (error || name == ours || age < kForgottenAfter) continue;
    const auto file = open_file(opened_directory, name);
    if (file.is_open() && !is_in_use(file)) ::unlinkat(opened_directory.number(), name.c_str(), 0);
  }
}

}  // namespace

Descriptor::~Descriptor() {
  if (number_ >= 0) ::close(number_);
}

BudgetFile::BudgetFile(Descriptor descriptor, std::size_t process, void* content, std::size_t size)
    : descriptor_(std::move(descriptor)), process_(process), content_(content), size_(size) {}

BudgetFile::~BudgetFile() {
  ::munmap(content_, size_);
}

std::unique_ptr<BudgetFile> BudgetFile::open(const std::filesystem::path& directory,
                                             const std::string& name, std::size_t size) {
  const auto opened_directory = open_directory(directory);
  if (!opened_directory.is_open()) return nullptr;
  sweep(directory, opened_directory, name);
  for (int i = 0; i < kTries; ++i) {
    auto file = open_file(opened_directory, name);
    if (!file.is_open()) return nullptr;
    const auto process = join(file);
    if (!process) return nullptr;
    if (!is_still_there(opened_directory, name, file)) continue;
    // Allocated, not only sized: a full disk must show here, and not as a SIGBUS in the map.
    if (::posix_fallocate(file.number(), 0, static_cast<off_t>(size)) != 0) return nullptr;
    ::futimens(file.number(), nullptr);
    void* content = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, file.number(), 0);
    if (content == MAP_FAILED) return nullptr;
    return std::unique_ptr<BudgetFile>(new BudgetFile(std::move(file), *process, content, size));
  }
  return nullptr;
}

bool BudgetFile::is_alive(std::size_t process) const {
  return process == process_ || is_locked_by_another(descriptor_, lock_of(process));
}

BudgetFile::Lock::Lock(const BudgetFile& file) : file_(file.descriptor_.number()) {
  auto lock = lock_at(kContentLock, F_WRLCK);
  while (::fcntl(file_, F_OFD_SETLKW, &lock) != 0 && errno == EINTR) {
  }
}

BudgetFile::Lock::~Lock() {
  auto lock = lock_at(kContentLock, F_UNLCK);
  ::fcntl(file_, F_OFD_SETLK, &lock);
}

bool make_private_directory(const std::filesystem::path& directory) {
  ::mkdir(directory.c_str(), 0700);
  return open_directory(directory).is_open();
}

}  // namespace payferry
