#pragma once

#include <optional>

#include "loader/source/byte_source.hpp"
#include "loader/source/input_file.hpp"

namespace payferry {

/// The bytes of a file as they are stored, up to the size that it had when it was opened; what is
/// written behind that is not seen, and an end before it is a failure: the file shrank. A FIFO is
/// read to its end.
class FileByteSource final : public ByteSource {
 public:
  explicit FileByteSource(InputFile file);
  /// Reads no further than `size`, which the file had when it was opened first.
  FileByteSource(InputFile file, std::uint64_t size);
  /// Fails with `at_end` at its end: more belongs there.
  FileByteSource(InputFile file, ReadFailure at_end);

  tl::expected<std::size_t, ReadFailure> read(std::span<char> buffer) override;
  tl::expected<void, ReadFailure> skip_to(ByteOffset offset) override;
  std::uint64_t stored_bytes_read() const override { return position_; }
  std::optional<std::uint64_t> stored_bytes() const override { return size_; }

 private:
  tl::expected<std::size_t, ReadFailure> read_sized(std::span<char> buffer);
  ReadFailure shrank(std::uint64_t end) const;

  InputFile file_;
  std::optional<std::uint64_t> size_;
  std::uint64_t position_ = 0;
  std::optional<ReadFailure> at_end_;
};

}  // namespace payferry
