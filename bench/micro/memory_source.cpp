#include "bench/micro/memory_source.hpp"

#include <algorithm>

namespace payferry::bench {

tl::expected<std::size_t, ReadFailure> MemorySource::read(std::span<char> buffer) {
  const std::size_t count = std::min(buffer.size(), text_.size() - at_);
  std::copy_n(text_.data() + at_, count, buffer.data());
  at_ += count;
  return count;
}

tl::expected<void, ReadFailure> MemorySource::skip_to(ByteOffset offset) {
  at_ = std::min<std::size_t>(offset.value(), text_.size());
  return {};
}

}  // namespace payferry::bench
