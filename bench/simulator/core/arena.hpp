#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

namespace payferry::simulator {

/// Keeps texts until it is destroyed; they never move.
class Arena {
 public:
  std::string_view keep(std::string_view text) {
    if (text.empty()) return {};
    char* place = allocate(text.size());
    std::memcpy(place, text.data(), text.size());
    return {place, text.size()};
  }

  char* allocate(std::size_t size) {
    if (size > left_) grow(size);
    char* place = next_;
    next_ += size;
    left_ -= size;
    return place;
  }

 private:
  void grow(std::size_t size) {
    // Small at first, since a simulation makes thousands of short-lived accounts.
    const std::size_t block = std::max(size, blocks_.size() < 16 ? kFirstBlock : kBlock);
    blocks_.push_back(std::make_unique_for_overwrite<char[]>(block));
    next_ = blocks_.back().get();
    left_ = block;
  }

  static constexpr std::size_t kFirstBlock = std::size_t{16} * 1024;
  static constexpr std::size_t kBlock = std::size_t{1024} * 1024;

  std::vector<std::unique_ptr<char[]>> blocks_;
  char* next_ = nullptr;
  std::size_t left_ = 0;
};

}  // namespace payferry::simulator
