#include "loader/source/spool.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>
#include <utility>
#include <vector>

namespace payferry {

namespace {

constexpr std::size_t kBlockBytes = 256 * 1024;
constexpr std::uint64_t kSyncBytes = 16 * 1024 * 1024;

std::string error_text(int error) {
  return std::error_code(error, std::generic_category()).message();
}

InputError cannot_keep(const std::filesystem::path& file, int error) {
  return InputError("Cannot keep the input in " + file.string() + ": " + error_text(error) + ".");
}

}  // namespace

std::filesystem::path Spool::partial(const std::filesystem::path& file) {
  return file.string() + ".partial";
}

tl::expected<std::unique_ptr<Spool>, InputError> Spool::start(InputFile pipe,
                                                              const std::filesystem::path& file) {
  const std::filesystem::path path = partial(file);
  const int kept = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (kept < 0) return tl::unexpected(cannot_keep(path, errno));
  InputFile kept_file(kept, path.string());
  const int wake = ::eventfd(0, EFD_CLOEXEC);
  if (wake < 0) return tl::unexpected(cannot_keep(path, errno));
  return std::unique_ptr<Spool>(new Spool(std::move(pipe), std::move(kept_file), file, wake));
}

Spool::Spool(InputFile pipe, InputFile kept, std::filesystem::path file, int wake_descriptor)
    : pipe_(std::move(pipe)),
      kept_(std::move(kept)),
      file_(std::move(file)),
      wake_descriptor_(wake_descriptor),
      thread_([this] { keep_all(); }) {}

Spool::~Spool() {
  stop();
  thread_.join();
  ::close(wake_descriptor_);
}

void Spool::stop() {
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto written = ::write(wake_descriptor_, &one, sizeof one);
  end(ReadFailure("reading was stopped"));
}

void Spool::keep_all() {
  std::vector<char> block(kBlockBytes);
  while (wait_for_pipe() && keep_block(block)) {
  }
}

/// False when stop() was called.
bool Spool::wait_for_pipe() {
  std::array<pollfd, 2> watched = {pollfd{pipe_.descriptor(), POLLIN, 0},
                                   pollfd{wake_descriptor_, POLLIN, 0}};
  while (::poll(watched.data(), watched.size(), -1) < 0 && errno == EINTR) {
  }
  return watched[1].revents == 0;
}

/// False at the end.
bool Spool::keep_block(std::span<char> block) {
  const auto got = pipe_.read(block);
  if (!got || *got == 0) {
    end(got ? finish_file() : std::optional(got.error()));
    return false;
  }
  if (auto failure = write(block.first(*got))) {
    end(std::move(failure));
    return false;
  }
  note_kept(*got);
  return true;
}

std::optional<ReadFailure> Spool::write(std::span<const char> bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(kept_.descriptor(), bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0)
      return ReadFailure("cannot keep it in " + kept_.name() + ": " + error_text(errno));
    bytes = bytes.subspan(static_cast<std::size_t>(count));
    unsynced_bytes_ += static_cast<std::uint64_t>(count);
  }
  if (unsynced_bytes_ < kSyncBytes) return std::nullopt;
  unsynced_bytes_ = 0;
  if (::fdatasync(kept_.descriptor()) == 0) return std::nullopt;
  return ReadFailure("cannot keep it in " + kept_.name() + ": " + error_text(errno));
}

std::optional<ReadFailure> Spool::finish_file() {
  if (::fsync(kept_.descriptor()) == 0 && ::rename(kept_.name().c_str(), file_.c_str()) == 0)
    return std::nullopt;
  return ReadFailure("cannot keep it in " + file_.string() + ": " + error_text(errno));
}

void Spool::note_kept(std::uint64_t bytes) {
  const std::lock_guard lock(mutex_);
  kept_bytes_ += bytes;
  changed_.notify_all();
}

/// The first end counts.
void Spool::end(std::optional<ReadFailure> failure) {
  const std::lock_guard lock(mutex_);
  if (ended_) return;
  ended_ = true;
  failure_ = std::move(failure);
  changed_.notify_all();
}

tl::expected<std::size_t, ReadFailure> Spool::read_at(std::uint64_t offset,
                                                      std::span<char> buffer) {
  {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return ended_ || kept_bytes_ > offset; });
    if (kept_bytes_ <= offset && failure_) return tl::unexpected(*failure_);
    if (kept_bytes_ <= offset) return 0;
    buffer = buffer.first(std::min<std::uint64_t>(buffer.size(), kept_bytes_ - offset));
  }
  return kept_.read_at(offset, buffer);
}

bool Spool::wait_until_complete(std::chrono::milliseconds limit) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, limit, [&] { return ended_; });
  return ended_ && !failure_;
}

std::optional<std::uint64_t> Spool::size() const {
  const std::lock_guard lock(mutex_);
  if (!ended_ || failure_) return std::nullopt;
  return kept_bytes_;
}

tl::expected<std::size_t, ReadFailure> SpoolSource::read(std::span<char> buffer) {
  const auto got = spool_.read_at(position_, buffer);
  if (got) position_ += *got;
  return got;
}

tl::expected<void, ReadFailure> SpoolSource::skip_to(ByteOffset offset) {
  position_ = offset.value();
  return {};
}

}  // namespace payferry
