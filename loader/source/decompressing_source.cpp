#include "loader/source/decompressing_source.hpp"

#include "loader/source/discard.hpp"

namespace payferry {

namespace {
constexpr std::size_t kBlockBytes = 128 * 1024;
}

DecompressingSource::DecompressingSource(std::unique_ptr<ByteSource> stored,
                                         std::unique_ptr<Decompressor> decompressor,
                                         std::string format_name)
    : stored_(std::move(stored)),
      decompressor_(std::move(decompressor)),
      format_name_(std::move(format_name)),
      block_(kBlockBytes) {}

tl::expected<std::size_t, ReadFailure> DecompressingSource::read(std::span<char> buffer) {
  while (!failure_) {
    const std::size_t count = decompress(buffer);
    position_ += count;
    if (count > 0) return count;
    if (!failure_ && input_.empty() && !refill() && !failure_) return 0;
  }
  return tl::unexpected(*failure_);
}

std::size_t DecompressingSource::decompress(std::span<char> buffer) {
  const Decompressor::Step step = decompressor_->decompress(input_, buffer);
  input_ = input_.subspan(step.consumed);
  if (!step.damage.empty()) {
    fail("the " + format_name_ + " data are damaged (" + step.damage + ")");
  }
  return step.produced;
}

bool DecompressingSource::refill() {
  const auto got = stored_->read(block_);
  if (!got) {
    failure_ = got.error();
  } else if (*got > 0) {
    input_ = std::span<const char>(block_).first(*got);
    return true;
  } else if (!decompressor_->may_end()) {
    fail("the " + format_name_ + " data end too early");
  }
  return false;
}

void DecompressingSource::fail(std::string message) {
  failure_ = ReadFailure(std::move(message));
  failure_->is_in_content = true;
}

tl::expected<void, ReadFailure> DecompressingSource::skip_to(ByteOffset offset) {
  return discard(*this, offset.value() - position_);
}

}  // namespace payferry
