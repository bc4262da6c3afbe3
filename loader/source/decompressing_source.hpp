#pragma once

#include <memory>
#include <string>
#include <vector>

#include "loader/source/byte_source.hpp"
#include "loader/source/decompressor.hpp"

namespace payferry {

/// The content of a compressed source. Damage or an early end is a failure after all that could be
/// read.
class DecompressingSource final : public ByteSource {
 public:
  DecompressingSource(std::unique_ptr<ByteSource> stored,
                      std::unique_ptr<Decompressor> decompressor, std::string format_name);

  tl::expected<std::size_t, ReadFailure> read(std::span<char> buffer) override;
  tl::expected<void, ReadFailure> skip_to(ByteOffset offset) override;
  std::uint64_t stored_bytes_read() const override { return stored_->stored_bytes_read(); }
  std::optional<std::uint64_t> stored_bytes() const override { return stored_->stored_bytes(); }

 private:
  std::size_t decompress(std::span<char> buffer);
  /// False at the end of the stored bytes or on a failure.
  bool refill();
  void fail(std::string message);

  std::unique_ptr<ByteSource> stored_;
  std::unique_ptr<Decompressor> decompressor_;
  std::string format_name_;
  std::vector<char> block_;
  std::span<const char> input_;
  std::optional<ReadFailure> failure_;
  std::uint64_t position_ = 0;
};

}  // namespace payferry
