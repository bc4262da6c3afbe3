#include "loader/source/peekable_source.hpp"

#include <algorithm>

namespace payferry {

tl::expected<std::string_view, ReadFailure> PeekableSource::peek(std::size_t count) {
  while (peeked_.size() < count) {
    const std::size_t have = peeked_.size();
    peeked_.resize(count);
    const auto got = source_->read(std::span(peeked_).subspan(have));
    peeked_.resize(have + got.value_or(0));
    if (!got && peeked_.empty()) return tl::unexpected(got.error());
    if (!got || *got == 0) break;
  }
  return std::string_view(peeked_.data(), peeked_.size());
}

tl::expected<std::size_t, ReadFailure> PeekableSource::read(std::span<char> buffer) {
  if (peeked_left() == 0) return source_->read(buffer);
  const std::size_t count = std::min(buffer.size(), peeked_left());
  std::copy_n(peeked_.data() + delivered_, count, buffer.data());
  delivered_ += count;
  return count;
}

tl::expected<void, ReadFailure> PeekableSource::skip_to(ByteOffset offset) {
  if (offset.value() >= peeked_.size()) {
    delivered_ = peeked_.size();
    return source_->skip_to(offset);
  }
  delivered_ = std::max<std::size_t>(delivered_, offset.value());
  return {};
}

std::uint64_t PeekableSource::stored_bytes_read() const {
  return source_->stored_bytes_read() - peeked_left();
}

}  // namespace payferry
