#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "loader/source/byte_source.hpp"

namespace payferry {

/// A text in memory as content. With `failure` more belongs behind its end.
class StringSource final : public ByteSource {
 public:
  explicit StringSource(std::string text, std::optional<ReadFailure> failure = std::nullopt)
      : text_(std::move(text)), failure_(std::move(failure)) {}

  tl::expected<std::size_t, ReadFailure> read(std::span<char> buffer) override {
    if (at_ == text_.size() && failure_) return tl::unexpected(*failure_);
    const std::size_t count = std::min(buffer.size(), text_.size() - at_);
    std::copy_n(text_.data() + at_, count, buffer.data());
    at_ += count;
    return count;
  }

  tl::expected<void, ReadFailure> skip_to(ByteOffset offset) override {
    at_ = std::min<std::size_t>(offset.value(), text_.size());
    return {};
  }

  std::uint64_t stored_bytes_read() const override { return at_; }
  std::optional<std::uint64_t> stored_bytes() const override { return text_.size(); }

 private:
  std::string text_;
  std::optional<ReadFailure> failure_;
  std::size_t at_ = 0;
};

}  // namespace payferry
