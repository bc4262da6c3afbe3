#include "loader/source/read_window.hpp"

#include <cstring>
#include <utility>

#include "loader/source/text_scan.hpp"

namespace payferry {

namespace {

std::unique_ptr<char[]> make_block(std::size_t capacity) {
  return std::make_unique<char[]>(capacity + kScanBlockBytes);
}

}  // namespace

ReadWindow::ReadWindow(std::unique_ptr<ByteSource> source, std::size_t block_bytes)
    : source_(std::move(source)), capacity_(block_bytes), block_(make_block(capacity_)) {}

bool ReadWindow::fill() {
  if (at_end_) return false;
  make_room();
  const auto got = source_->read(std::span(block_.get() + end_, capacity_ - end_));
  if (!got) {
    end_with(got.error());
    return false;
  }
  end_ += *got;
  at_end_ = *got == 0;
  return !at_end_;
}

void ReadWindow::make_room() {
  const std::size_t count = end_ - begin_;
  if (count > capacity_ / 2) {
    std::unique_ptr<char[]> larger = make_block(2 * capacity_);
    std::memcpy(larger.get(), block_.get() + begin_, count);
    block_ = std::move(larger);
    capacity_ *= 2;
  } else {
    std::memmove(block_.get(), block_.get() + begin_, count);
  }
  begin_ = 0;
  end_ = count;
}

bool ReadWindow::skip_to(ByteOffset offset) {
  if (offset.value() <= offset_ + held().size()) {
    if (offset.value() > offset_) consume(offset.value() - offset_);
    return true;
  }
  begin_ = end_ = 0;
  offset_ = offset.value();
  const auto skipped = source_->skip_to(offset);
  if (!skipped) end_with(skipped.error());
  return skipped.has_value();
}

void ReadWindow::end_with(ReadFailure failure) {
  at_end_ = true;
  failure_ = std::move(failure);
}

}  // namespace payferry
