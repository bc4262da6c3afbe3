#pragma once

#include <string_view>

#include "loader/source/byte_source.hpp"

namespace payferry::bench {

/// A text in memory as a file that is in the page cache: read by copying.
class MemorySource final : public ByteSource {
 public:
  /// `text` must outlive this.
  explicit MemorySource(std::string_view text) : text_(text) {}

  tl::expected<std::size_t, ReadFailure> read(std::span<char> buffer) override;
  tl::expected<void, ReadFailure> skip_to(ByteOffset offset) override;
  std::uint64_t stored_bytes_read() const override { return at_; }
  std::optional<std::uint64_t> stored_bytes() const override { return text_.size(); }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace payferry::bench
