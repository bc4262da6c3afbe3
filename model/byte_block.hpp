#pragma once

#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>
#include <utility>

namespace payferry {

/// Bytes that are written once, from the front, and stay where they are, whoever has the block.
class ByteBlock {
 public:
  ByteBlock() = default;
  explicit ByteBlock(std::size_t capacity)
      : bytes_(std::make_unique_for_overwrite<char[]>(capacity)), capacity_(capacity) {}
  ByteBlock(ByteBlock&& other) noexcept
      : bytes_(std::move(other.bytes_)),
        capacity_(std::exchange(other.capacity_, 0)),
        size_(std::exchange(other.size_, 0)) {}
  ByteBlock& operator=(ByteBlock&& other) noexcept {
    bytes_ = std::move(other.bytes_);
    capacity_ = std::exchange(other.capacity_, 0);
    size_ = std::exchange(other.size_, 0);
    return *this;
  }
  ~ByteBlock() = default;

  std::string_view text() const { return {bytes_.get(), size_}; }
  std::size_t size() const { return size_; }
  std::size_t capacity() const { return capacity_; }
  std::size_t room() const { return capacity_ - size_; }

  /// There must be room. Returns where it stands.
  std::string_view append(std::string_view text) {
    char* const at = bytes_.get() + size_;
    if (!text.empty()) std::memcpy(at, text.data(), text.size());
    size_ += text.size();
    return {at, text.size()};
  }
  /// Forgets what is behind the first `size` bytes.
  void cut_back_to(std::size_t size) { size_ = size; }

 private:
  std::unique_ptr<char[]> bytes_;
  std::size_t capacity_ = 0;
  std::size_t size_ = 0;
};

}  // namespace payferry
