#include "loader/run/disk_log.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <boost/asio/post.hpp>
#include <cerrno>
#include <cstring>

#include "loader/run/disk_failure.hpp"

namespace payferry {

namespace asio = boost::asio;

namespace {

bool lacks_space(int error) {
  return error == ENOSPC || error == EDQUOT || error == EFBIG;
}

std::string failure_text(const std::filesystem::path& path, const char* what, int error) {
  return std::string("Cannot ") + what + " " + path.string() + ": " + std::strerror(error) + ". " +
         (lacks_space(error) ? "Free some space there." : "Mend the disk.");
}

std::uint64_t size_on_disk(const std::filesystem::path& path) {
  std::error_code missing;
  const auto bytes = std::filesystem::file_size(path, missing);
  return missing ? 0 : bytes;
}

void make_name_durable(const std::filesystem::path& path) {
  const FileDescriptor folder(
      ::open(path.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder.is_open()) ::fsync(folder.get());
}

}  // namespace

DiskLog::DiskLog(Paths paths, Durability durability, asio::any_io_executor executor)
    : paths_(std::move(paths)),
      durability_(durability),
      executor_(executor),
      group_done_(executor),
      next_group_(executor),
      creators_(paths_[index(LogFile::outcomes)], executor) {
  for (std::size_t file = 0; file < kLogFileCount; ++file) {
    handed_over_bytes_[file] = file_bytes_[file] = size_on_disk(paths_[file]);
  }
  disk_thread_ = std::thread([this] { run_disk_thread(); });
}

DiskLog::~DiskLog() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  wake_.notify_one();
  disk_thread_.join();
}

std::uint64_t DiskLog::size(LogFile file) const {
  return handed_over_bytes_[index(file)] + gathering_[index(file)].size();
}

asio::awaitable<void> DiskLog::commit() {
  const std::uint64_t ticket = ++asked_ticket_;
  if (!group_begun_ && !failure_) begin_group();
  while (durable_ticket_ < ticket && !failure_) co_await group_done_.wait();
  if (failure_) throw DiskFailure(*failure_);
}

/// What else is ready to be written in this turn of the loop has its place in the group.
void DiskLog::begin_group() {
  group_begun_ = true;
  // Where nothing is flushed there is no cost to share.
  const bool flushes = durability_ == Durability::commit;
  if (!flushes || std::chrono::steady_clock::now() >= next_group_at_) {
    asio::post(executor_, [this] { hand_over(); });
    return;
  }
  next_group_.expires_at(next_group_at_);
  next_group_.async_wait([this](boost::system::error_code cancelled) {
    if (!cancelled) hand_over();
  });
}

void DiskLog::hand_over() {
  next_group_at_ = std::chrono::steady_clock::now() + kBetweenGroups;
  for (std::size_t file = 0; file < kLogFileCount; ++file) {
    group_[file].swap(gathering_[file]);
    gathering_[file].clear();
    handed_over_bytes_[file] += group_[file].size();
  }
  flushing_ticket_ = asked_ticket_;
  {
    const std::lock_guard lock(mutex_);
    group_ready_ = true;
  }
  wake_.notify_one();
}

void DiskLog::group_is_durable(std::optional<std::string> failure) {
  group_begun_ = false;
  if (failure) {
    failure_ = std::move(failure);
  } else {
    durable_ticket_ = flushing_ticket_;
  }
  // First those who waited: what they have to write next goes into the next group.
  group_done_.notify_all();
  if (!failure_ && asked_ticket_ > durable_ticket_) begin_group();
}

asio::awaitable<std::vector<RecordNumber>> DiskLog::find_creators(std::vector<std::string> ids) {
  co_await commit();
  co_return co_await creators_.find(std::move(ids));
}

void DiskLog::run_disk_thread() {
  std::unique_lock lock(mutex_);
  for (;;) {
    wake_.wait(lock, [this] { return group_ready_ || ending_; });
    if (!group_ready_) return;
    group_ready_ = false;
    lock.unlock();
    auto failure = write_group();
    asio::post(executor_, [this, failure = std::move(failure)] { group_is_durable(failure); });
    lock.lock();
  }
}

std::optional<std::string> DiskLog::write_group() {
  for (std::size_t file = 0; file < kLogFileCount; ++file) {
    if (group_[file].empty()) continue;
    if (auto failure = write_file(file)) return failure;
  }
  return std::nullopt;
}

std::optional<std::string> DiskLog::write_file(std::size_t file) {
  const auto& path = paths_[file];
  FileDescriptor& descriptor = files_[file];
  if (!descriptor.is_open()) {
    const int flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW;
    descriptor = FileDescriptor(::open(path.c_str(), flags, S_IRUSR | S_IWUSR));
    if (!descriptor.is_open()) return failure_text(path, "open", errno);
    if (file_bytes_[file] == 0) make_name_durable(path);
  }
  if (!write_whole(descriptor.get(), group_[file])) {
    const int error = errno;
    // Best effort: half a line at the end is repaired by resume as well.
    [[maybe_unused]] const int ignored =
        ::ftruncate(descriptor.get(), static_cast<off_t>(file_bytes_[file]));
    return failure_text(path, "write", error);
  }
  file_bytes_[file] += group_[file].size();
  // A failed flush is final: the kernel may have dropped the pages, a second try would lie.
  if (durability_ == Durability::commit && ::fdatasync(descriptor.get()) != 0) {
    return failure_text(path, "flush", errno);
  }
  return std::nullopt;
}

}  // namespace payferry
