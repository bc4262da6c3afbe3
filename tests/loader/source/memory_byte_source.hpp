#pragma once

#include <algorithm>
#include <memory>
#include <optional>
#include <string>

#include "loader/source/byte_source.hpp"

namespace payferry {

/// A text as a source that gives at most `step` bytes at a time, and fails at its end if it is told
/// so.
class MemoryByteSource final : public ByteSource {
 public:
  explicit MemoryByteSource(std::string text, std::size_t step = 1 << 20,
                            std::optional<std::string> failure = std::nullopt)
      : text_(std::move(text)), step_(step), failure_(std::move(failure)) {}

  tl::expected<std::size_t, ReadFailure> read(std::span<char> buffer) override {
    if (at_ == text_.size() && failure_) return tl::unexpected(ReadFailure(*failure_));
    const std::size_t count = std::min({buffer.size(), step_, text_.size() - at_});
    std::copy_n(text_.data() + at_, count, buffer.data());
    at_ += count;
    return count;
  }

  tl::expected<void, ReadFailure> skip_to(ByteOffset offset) override {
    if (offset.value() > text_.size()) return tl::unexpected(ReadFailure("too short"));
    at_ = offset.value();
    return {};
  }

  std::uint64_t stored_bytes_read() const override { return at_; }
  std::optional<std::uint64_t> stored_bytes() const override { return text_.size(); }

 private:
  std::string text_;
  std::size_t step_;
  std::optional<std::string> failure_;
  std::size_t at_ = 0;
};

}  // namespace payferry
