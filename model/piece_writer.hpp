#pragma once

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "model/digits.hpp"

namespace payferry {

/// Gathers the pieces of a line and appends them in few goes: appending each short piece to a
/// string costs far more than its bytes do. What is gathered is appended by flush().
class PieceWriter {
 public:
  explicit PieceWriter(std::string& out) : out_(out) {}
  PieceWriter(const PieceWriter&) = delete;
  PieceWriter& operator=(const PieceWriter&) = delete;

  void put(std::string_view piece) {
    if (piece.size() > sizeof gathered_ - size_) return put_behind(piece);
    std::memcpy(gathered_ + size_, piece.data(), piece.size());
    size_ += piece.size();
  }

  void put_number(std::uint64_t number) {
    constexpr std::size_t kMostDigits = 20;
    if (kMostDigits > sizeof gathered_ - size_) flush();
    if (number < 10) {
      gathered_[size_++] = digit_character(static_cast<unsigned>(number));
      return;
    }
    char* const at = gathered_ + size_;
    size_ += static_cast<std::size_t>(std::to_chars(at, at + kMostDigits, number).ptr - at);
  }

  /// With its quotes.
  void put_json_string(std::string_view text);

  void flush() {
    out_.append(gathered_, size_);
    size_ = 0;
  }

 private:
  void put_behind(std::string_view piece);

  std::string& out_;
  std::size_t size_ = 0;
  char gathered_[256];
};

}  // namespace payferry
