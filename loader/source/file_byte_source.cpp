#include "loader/source/file_byte_source.hpp"

#include <algorithm>

#include "loader/source/discard.hpp"
#include "model/counted.hpp"

namespace payferry {

FileByteSource::FileByteSource(InputFile file) : file_(std::move(file)), size_(file_.size()) {}

FileByteSource::FileByteSource(InputFile file, std::uint64_t size)
    : file_(std::move(file)), size_(size) {}

FileByteSource::FileByteSource(InputFile file, ReadFailure at_end)
    : file_(std::move(file)), size_(file_.size()), at_end_(std::move(at_end)) {}

tl::expected<std::size_t, ReadFailure> FileByteSource::read(std::span<char> buffer) {
  auto got = size_ ? read_sized(buffer) : file_.read(buffer);
  if (got) position_ += *got;
  return got;
}

tl::expected<std::size_t, ReadFailure> FileByteSource::read_sized(std::span<char> buffer) {
  const std::uint64_t left = *size_ - position_;
  if (left == 0 && at_end_) return tl::unexpected(*at_end_);
  if (left == 0) return 0;
  auto got = file_.read(buffer.first(std::min<std::uint64_t>(buffer.size(), left)));
  if (got && *got == 0) return tl::unexpected(shrank(position_));
  return got;
}

tl::expected<void, ReadFailure> FileByteSource::skip_to(ByteOffset offset) {
  if (!size_) return discard(*this, offset.value() - position_);
  if (offset.value() > *size_) return tl::unexpected(shrank(*size_));
  position_ = offset.value();
  return file_.seek(position_);
}

ReadFailure FileByteSource::shrank(std::uint64_t end) const {
  return ReadFailure("the file shrank while it was read: it had " + std::to_string(*size_) + " " +
                     word_for(*size_, "byte") + " when it was opened and ends after " +
                     std::to_string(end) + " now");
}

}  // namespace payferry
