#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <thread>
#include <tl/expected.hpp>

#include "config/settings.hpp"
#include "loader/source/byte_source.hpp"
#include "loader/source/input_error.hpp"
#include "loader/source/input_file.hpp"

namespace payferry {

/// Keeps what can be read only once, such as a pipe, in a file (0600), as fast as it comes and on a
/// thread of its own: the sooner all of it is kept, the sooner nothing is lost when the run stops.
/// With Durability::commit nothing is given out before it is durable: what was sent must still be
/// there after a power cut. The file bears the suffix ".partial" until the pipe has come to its
/// end. Thread: any; read_at waits, stop wakes.
class Spool {
 public:
  struct Options {
    Durability durability = Durability::commit;
    /// A signal asks for a stop, and may have ended who writes into the pipe as well: an end of the
    /// pipe that comes with it is not believed.
    std::stop_token interrupted = {};
    std::stop_token given_up = {};                                ///< as stop()
    std::chrono::milliseconds doubted = std::chrono::seconds(2);  ///< an end so long before, too
    bool only_compares = false;  ///< changes nothing of what an earlier process has kept
  };

  /// Begins to keep `pipe` in `file`.
  static tl::expected<std::unique_ptr<Spool>, InputError> start(InputFile pipe,
                                                                const std::filesystem::path& file,
                                                                Options options);
  /// Goes on with what an earlier process has kept: `pipe` brings the same again, and then, where
  /// that was not all of it, more. Waits until it has come; the error: it is something else.
  static tl::expected<std::unique_ptr<Spool>, InputError> go_on(InputFile pipe,
                                                                const std::filesystem::path& file,
                                                                Options options);
  ~Spool();

  /// What was kept from `offset` on: waits until there is at least one byte; 0 at the pipe's end.
  tl::expected<std::size_t, ReadFailure> read_at(std::uint64_t offset, std::span<char> buffer);

  /// Keeps no more, and doubts no end any more; who waits is told so.
  void stop();

  /// Waits until the pipe has come to its end, stop() was called or `limit` is over. True where all
  /// of it is kept.
  bool wait_until_complete(std::chrono::milliseconds limit);

  /// Bytes of the whole, once it is known.
  std::optional<std::uint64_t> size() const;

  static std::filesystem::path partial(const std::filesystem::path& file);
  /// Makes durable what an earlier process has kept, which may have died before it did so.
  static std::optional<InputError> flush_kept(const InputFile& kept);

 private:
  static tl::expected<std::unique_ptr<Spool>, InputError> open(InputFile pipe,
                                                               const std::filesystem::path& path,
                                                               const std::filesystem::path& file,
                                                               Options options, int flags);
  Spool(InputFile pipe, InputFile kept, std::filesystem::path file, Options options,
        int wake_descriptor);
  std::optional<InputError> wait_until_compared();
  void interrupt();

  void keep_all();
  bool wait_for_pipe();
  /// Its end, too.
  bool pipe_has_more() const;
  bool keep_block(std::span<char> block);
  std::optional<ReadFailure> keep(std::span<const char> bytes);
  /// Takes off `bytes` what was kept before, as long as it is the same.
  std::optional<ReadFailure> compare(std::span<const char>& bytes);
  std::optional<ReadFailure> write(std::span<const char> bytes);
  bool is_flush_due() const;
  std::optional<ReadFailure> flush();
  void cut_off_what_was_held_back();
  void finish();
  std::optional<ReadFailure> finish_file();
  void give_up(ReadFailure failure);
  void note_kept();
  void end(std::optional<ReadFailure> failure);

  InputFile pipe_;
  InputFile kept_;
  const std::filesystem::path file_;
  const Options options_;
  const int wake_descriptor_;
  const std::uint64_t to_compare_;  ///< kept by an earlier process, and to come again
  const bool was_whole_;            ///< that is all of it

  // The copying thread's.
  std::uint64_t compared_ = 0;
  std::uint64_t written_bytes_ = 0;
  std::uint64_t flushed_bytes_ = 0;  ///< of those

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::uint64_t kept_bytes_ = 0;  ///< may be read; only the copying thread changes it
  bool ended_ = false;
  std::optional<ReadFailure> failure_;
  std::optional<std::chrono::steady_clock::time_point> became_whole_;  ///< and may be doubted

  std::thread thread_;
  std::optional<std::stop_callback<std::function<void()>>> on_interruption_;
  std::optional<std::stop_callback<std::function<void()>>> on_giving_up_;
};

/// The kept bytes from front to back, while more are coming.
class SpoolSource final : public ByteSource {
 public:
  /// `spool` must outlive this.
  explicit SpoolSource(Spool& spool) : spool_(spool) {}

  tl::expected<std::size_t, ReadFailure> read(std::span<char> buffer) override;
  tl::expected<void, ReadFailure> skip_to(ByteOffset offset) override;
  std::uint64_t stored_bytes_read() const override { return position_; }
  std::optional<std::uint64_t> stored_bytes() const override { return spool_.size(); }

 private:
  Spool& spool_;
  std::uint64_t position_ = 0;
};

}  // namespace payferry
