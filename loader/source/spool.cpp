#include "loader/source/spool.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>
#include <utility>
#include <vector>

#include "model/counted.hpp"
#include "model/shell_word.hpp"

namespace payferry {

namespace {

constexpr const char* kStopped = "reading was stopped";
constexpr std::size_t kBlockBytes = 256 * 1024;
constexpr std::uint64_t kMostHeldBackBytes = 1024 * 1024;
// Nobody waits for these; the system is only kept from gathering too much.
constexpr std::uint64_t kMostUnflushedBytes = 16 * 1024 * 1024;

std::string error_text(int error) {
  return std::error_code(error, std::generic_category()).message();
}

InputError cannot_keep(const std::filesystem::path& file, int error) {
  return InputError("Cannot keep the input in " + file.string() + ": " + error_text(error) + ".");
}

ReadFailure cannot_keep_it(const std::filesystem::path& file, int error) {
  return ReadFailure("cannot keep it in " + file.string() + ": " + error_text(error));
}

}  // namespace

std::filesystem::path Spool::partial(const std::filesystem::path& file) {
  return file.string() + ".partial";
}

tl::expected<std::unique_ptr<Spool>, InputError> Spool::start(InputFile pipe,
                                                              const std::filesystem::path& file,
                                                              Options options) {
  return open(std::move(pipe), partial(file), file, std::move(options), O_CREAT | O_EXCL);
}

tl::expected<std::unique_ptr<Spool>, InputError> Spool::go_on(InputFile pipe,
                                                              const std::filesystem::path& file,
                                                              Options options) {
  const bool whole = std::filesystem::exists(file);
  auto spool = open(std::move(pipe), whole ? file : partial(file), file, std::move(options), 0);
  if (!spool) return spool;
  if (auto error = (*spool)->wait_until_compared()) return tl::unexpected(*std::move(error));
  return spool;
}

tl::expected<std::unique_ptr<Spool>, InputError> Spool::open(InputFile pipe,
                                                             const std::filesystem::path& path,
                                                             const std::filesystem::path& file,
                                                             Options options, int flags) {
  const int kept = ::open(path.c_str(), O_RDWR | O_APPEND | O_CLOEXEC | flags, S_IRUSR | S_IWUSR);
  if (kept < 0) return tl::unexpected(cannot_keep(path, errno));
  InputFile kept_file(kept, path.string());
  if (options.durability == Durability::commit) {
    if (auto error = flush_kept(kept_file)) return tl::unexpected(*std::move(error));
  }
  const int wake = ::eventfd(0, EFD_CLOEXEC);
  if (wake < 0) return tl::unexpected(cannot_keep(path, errno));
  return std::unique_ptr<Spool>(
      new Spool(std::move(pipe), std::move(kept_file), file, std::move(options), wake));
}

std::optional<InputError> Spool::flush_kept(const InputFile& kept) {
  if (kept.size().value_or(0) == 0 || ::fdatasync(kept.descriptor()) == 0) return std::nullopt;
  return cannot_keep(kept.name(), errno);
}

Spool::Spool(InputFile pipe, InputFile kept, std::filesystem::path file, Options options,
             int wake_descriptor)
    : pipe_(std::move(pipe)),
      kept_(std::move(kept)),
      file_(std::move(file)),
      options_(std::move(options)),
      wake_descriptor_(wake_descriptor),
      to_compare_(kept_.size().value_or(0)),
      was_whole_(kept_.name() == file_),
      written_bytes_(to_compare_),
      flushed_bytes_(to_compare_),
      thread_([this] { keep_all(); }) {
  on_interruption_.emplace(options_.interrupted, [this] { interrupt(); });
  on_giving_up_.emplace(options_.given_up, [this] { stop(); });
}

Spool::~Spool() {
  on_giving_up_.reset();
  on_interruption_.reset();
  stop();
  thread_.join();
  ::close(wake_descriptor_);
}

/// Nothing of it is given out before: it may be the data of another run.
std::optional<InputError> Spool::wait_until_compared() {
  std::unique_lock lock(mutex_);
  const auto has_come = [&] { return !was_whole_ && kept_bytes_ >= to_compare_; };
  changed_.wait(lock, [&] { return ended_ || has_come(); });
  if (!failure_ || has_come()) return std::nullopt;
  return InputError(failure_->message + ".");
}

void Spool::interrupt() {
  if (pipe_.size()) return;  // nobody writes into it
  {
    const std::lock_guard lock(mutex_);
    if (became_whole_ && std::chrono::steady_clock::now() - *became_whole_ < options_.doubted) {
      ::rename(file_.c_str(), partial(file_).c_str());
      failure_ = ReadFailure(kStopped);
    }
  }
  stop();
}

void Spool::stop() {
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto written = ::write(wake_descriptor_, &one, sizeof one);
  const std::lock_guard lock(mutex_);
  became_whole_.reset();
  end(ReadFailure(kStopped));
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

bool Spool::pipe_has_more() const {
  pollfd watched{pipe_.descriptor(), POLLIN, 0};
  return ::poll(&watched, 1, 0) > 0;
}

/// False at the end.
bool Spool::keep_block(std::span<char> block) {
  const auto got = pipe_.read(block);
  if (got && *got == 0) {
    finish();
    return false;
  }
  if (auto failure = got ? keep(block.first(*got)) : got.error()) {
    give_up(*std::move(failure));
    return false;
  }
  return true;
}

std::optional<ReadFailure> Spool::keep(std::span<const char> bytes) {
  if (auto failure = compare(bytes)) return failure;
  if (was_whole_ && !bytes.empty()) {
    return ReadFailure(pipe_.name() + " goes on behind the " + std::to_string(to_compare_) +
                       word_for(to_compare_, " byte that was", " bytes that were") +
                       " all of it when the run began; choose another --run-dir");
  }
  if (options_.only_compares) bytes = {};
  if (auto failure = write(bytes)) return failure;
  if (is_flush_due()) {
    if (auto failure = flush()) return failure;
  }
  note_kept();
  return std::nullopt;
}

std::optional<ReadFailure> Spool::compare(std::span<const char>& bytes) {
  const auto count = std::min<std::uint64_t>(bytes.size(), to_compare_ - compared_);
  if (count == 0) return std::nullopt;
  std::vector<char> kept(count);
  const auto got = kept_.read_at(compared_, kept);
  if (!got) return got.error();
  if (!std::equal(kept.begin(), kept.end(), bytes.begin())) {
    return ReadFailure(pipe_.name() + " is not the data that the run that stands there has kept " +
                       std::to_string(to_compare_) + " " + word_for(to_compare_, "byte") +
                       " of; give the same again, or choose another --run-dir");
  }
  compared_ += count;
  bytes = bytes.subspan(count);
  return std::nullopt;
}

std::optional<ReadFailure> Spool::write(std::span<const char> bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(kept_.descriptor(), bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return cannot_keep_it(kept_.name(), errno);
    bytes = bytes.subspan(static_cast<std::size_t>(count));
    written_bytes_ += static_cast<std::uint64_t>(count);
  }
  return std::nullopt;
}

/// What comes slowly must not wait for a mebibyte to be full.
bool Spool::is_flush_due() const {
  const std::uint64_t unflushed_bytes = written_bytes_ - flushed_bytes_;
  if (options_.durability == Durability::relaxed) return unflushed_bytes >= kMostUnflushedBytes;
  return unflushed_bytes >= kMostHeldBackBytes || !pipe_has_more();
}

std::optional<ReadFailure> Spool::flush() {
  if (flushed_bytes_ == written_bytes_) return std::nullopt;
  const int error = ::fdatasync(kept_.descriptor()) == 0 ? 0 : errno;
  if (error != 0) cut_off_what_was_held_back();
  flushed_bytes_ = written_bytes_;
  return error == 0 ? std::nullopt : std::optional(cannot_keep_it(kept_.name(), error));
}

/// After a failed flush the kernel may show bytes that the disk does not hold.
void Spool::cut_off_what_was_held_back() {
  written_bytes_ = std::max(kept_bytes_, to_compare_);
  [[maybe_unused]] const int ignored =
      ::ftruncate(kept_.descriptor(), static_cast<off_t>(written_bytes_));
}

void Spool::finish() {
  if (compared_ < to_compare_) {
    return give_up(ReadFailure(
        pipe_.name() + " ends after " + std::to_string(compared_) + " " +
        word_for(compared_, "byte") + ", and the run that stands there has kept " +
        std::to_string(to_compare_) + " of it; give all of it again, or let payferry resume " +
        shell_word(file_.parent_path().string()) + " go on without it"));
  }
  if (auto failure = flush()) return give_up(*std::move(failure));
  note_kept();
  const std::lock_guard lock(mutex_);
  if (!ended_) end(finish_file());
}

std::optional<ReadFailure> Spool::finish_file() {
  if (was_whole_ || options_.only_compares) return std::nullopt;
  if (::rename(kept_.name().c_str(), file_.c_str()) != 0) return cannot_keep_it(file_, errno);
  became_whole_ = std::chrono::steady_clock::now();
  return std::nullopt;
}

/// What came before the failure is good.
void Spool::give_up(ReadFailure failure) {
  auto flush_failure = flush();
  note_kept();
  const std::lock_guard lock(mutex_);
  end(flush_failure ? *std::move(flush_failure) : std::move(failure));
}

void Spool::note_kept() {
  if (compared_ < to_compare_) return;
  const std::lock_guard lock(mutex_);
  kept_bytes_ = options_.durability == Durability::commit ? flushed_bytes_ : written_bytes_;
  changed_.notify_all();
}

/// The first end counts. Under the mutex.
void Spool::end(std::optional<ReadFailure> failure) {
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
  auto got = spool_.read_at(position_, buffer);
  if (got) position_ += *got;
  return got;
}

tl::expected<void, ReadFailure> SpoolSource::skip_to(ByteOffset offset) {
  position_ = offset.value();
  return {};
}

}  // namespace payferry
