#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "loader/source/byte_source.hpp"

namespace payferry {

/// A source whose beginning can be looked at before it is read.
class PeekableSource final : public ByteSource {
 public:
  explicit PeekableSource(std::unique_ptr<ByteSource> source) : source_(std::move(source)) {}

  /// The first bytes, at most `count`, which read() will deliver all the same. Once, before read().
  tl::expected<std::string_view, ReadFailure> peek(std::size_t count);

  tl::expected<std::size_t, ReadFailure> read(std::span<char> buffer) override;
  tl::expected<void, ReadFailure> skip_to(ByteOffset offset) override;
  std::uint64_t stored_bytes_read() const override;
  std::optional<std::uint64_t> stored_bytes() const override { return source_->stored_bytes(); }

 private:
  std::size_t peeked_left() const { return peeked_.size() - delivered_; }

  std::unique_ptr<ByteSource> source_;
  std::vector<char> peeked_;
  std::size_t delivered_ = 0;  ///< of what was peeked
};

}  // namespace payferry
