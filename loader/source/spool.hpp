#pragma once

#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
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
  /// Begins to keep `pipe` in `file`.
  static tl::expected<std::unique_ptr<Spool>, InputError> start(InputFile pipe,
                                                                const std::filesystem::path& file,
                                                                Durability durability);
  /// Goes on with a partial file: `pipe` brings the same again and then more. Where it brings
  /// something else, or less, that is a failure behind what is kept already.
  static tl::expected<std::unique_ptr<Spool>, InputError> go_on(InputFile pipe,
                                                                const std::filesystem::path& file,
                                                                Durability durability);
  ~Spool();

  /// What was kept from `offset` on: waits until there is at least one byte; 0 at the pipe's end.
  tl::expected<std::size_t, ReadFailure> read_at(std::uint64_t offset, std::span<char> buffer);

  /// Keeps no more; who waits is told so.
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
                                                               const std::filesystem::path& file,
                                                               Durability durability, int flags);
  Spool(InputFile pipe, InputFile kept, std::filesystem::path file, Durability durability,
        int wake_descriptor);

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
  std::optional<ReadFailure> finish_file();
  void give_up(ReadFailure failure);
  void note_kept();
  void end(std::optional<ReadFailure> failure);

  InputFile pipe_;
  InputFile kept_;
  const std::filesystem::path file_;
  const Durability durability_;
  const int wake_descriptor_;

  // The copying thread's.
  std::uint64_t to_compare_ = 0;  ///< kept by an earlier process, and to come again
  std::uint64_t compared_ = 0;
  std::uint64_t written_bytes_ = 0;
  std::uint64_t flushed_bytes_ = 0;  ///< of those

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::uint64_t kept_bytes_ = 0;  ///< may be read; only the copying thread changes it
  bool ended_ = false;
  std::optional<ReadFailure> failure_;

  std::thread thread_;
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
