#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>

#include "loader/source/byte_source.hpp"

namespace payferry {

/// A window that slides over the content of a source. It grows only while its user holds on to more
/// than it has room for; kScanBlockBytes behind the held text are readable.
class ReadWindow {
 public:
  explicit ReadWindow(std::unique_ptr<ByteSource> source,
                      std::size_t block_bytes = kDefaultBlockBytes);

  /// Read and not yet consumed. Views hold until the next fill().
  std::string_view held() const { return {block_.get() + begin_, end_ - begin_}; }
  /// Offset of held() in the content.
  ByteOffset offset() const { return ByteOffset(offset_); }
  void consume(std::size_t count) {
    begin_ += count;
    offset_ += count;
  }

  /// Reads more behind what is held; false at the end of the content or on a failure, from then on.
  bool fill();
  /// Nothing follows what is held.
  bool at_end() const { return at_end_; }
  /// Why the content ends too early.
  const std::optional<ReadFailure>& failure() const { return failure_; }

  /// Goes forward to `offset`; false where the source fails.
  bool skip_to(ByteOffset offset);

  const ByteSource& source() const { return *source_; }

  // Fits the second-level cache, and is large enough for the calls to the kernel not to count.
  static constexpr std::size_t kDefaultBlockBytes = 256 * 1024;

 private:
  void make_room();
  void end_with(ReadFailure failure);

  std::unique_ptr<ByteSource> source_;
  std::size_t capacity_;
  std::unique_ptr<char[]> block_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::uint64_t offset_ = 0;
  bool at_end_ = false;
  std::optional<ReadFailure> failure_;
};

}  // namespace payferry
