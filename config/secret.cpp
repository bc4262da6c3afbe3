#include "config/secret.hpp"

#include <string.h>  // NOLINT(modernize-deprecated-headers): explicit_bzero is not in <cstring>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <span>
#include <utility>

namespace payferry {

namespace {

/// A short string is copied by a move, and its bytes would stay behind.
std::string take(std::string& source) noexcept {
  const std::size_t size = source.size();
  char* const before = source.data();
  std::string taken = std::move(source);
  if (before != taken.data()) explicit_bzero(before, size);
  source.clear();
  return taken;
}

/// Which pieces of eight characters a secret has: as good as none of another text's is among them.
class Pieces {
 public:
  static constexpr std::size_t kBytes = 8;

  explicit Pieces(std::string_view secret) {
    for (std::size_t at = 0; at + kBytes <= secret.size(); ++at) {
      const std::size_t place = place_of(&secret[at]);
      held_[place / kWordBits] |= std::uint64_t{1} << place % kWordBits;
    }
  }
  bool may_hold(const char* piece) const {
    const std::size_t place = place_of(piece);
    return (held_[place / kWordBits] >> place % kWordBits & 1) != 0;
  }

 private:
  static constexpr unsigned kPlaceBits = 13;
  static constexpr std::size_t kWordBits = 64;

  static std::size_t place_of(const char* piece) {
    constexpr std::uint64_t kSpread = 0x9E37'79B9'7F4A'7C15;  // 2^64 by the golden ratio
    std::uint64_t word = 0;
    std::memcpy(&word, piece, kBytes);
    return static_cast<std::size_t>(word * kSpread >> (64 - kPlaceBits));
  }

  std::array<std::uint64_t, (std::size_t{1} << kPlaceBits) / kWordBits> held_{};
};

void mask_all(std::span<char> text, std::string_view secret) {
  auto at = text.begin();
  while ((at = std::search(at, text.end(), secret.begin(), secret.end())) != text.end())
    at = std::fill_n(at, secret.size(), '*');
}

}  // namespace

void wipe(std::string& text) noexcept {
  explicit_bzero(text.data(), text.size());
  text.clear();
}

void mask_secret(std::string& text, std::string_view secret) noexcept {
  if (secret.size() < Pieces::kBytes) return;
  const Pieces pieces(secret);
  // Wherever the secret stands, it covers a whole piece that begins at one of these places.
  const std::size_t step = secret.size() - Pieces::kBytes + 1;
  const char* const first = text.data();
  const std::size_t end = text.size();
  for (std::size_t at = 0; at + Pieces::kBytes <= end; at += step) {
    if (!pieces.may_hold(first + at)) continue;
    const std::size_t from = at - std::min(at, step - 1);
    mask_all(std::span(text).subspan(from, std::min(end - from, at - from + secret.size())),
             secret);
  }
}

Secret::Secret(std::string text) : text_(take(text)) {}

Secret::Secret(Secret&& other) noexcept : text_(take(other.text_)) {}

Secret& Secret::operator=(Secret&& other) noexcept {
  if (this == &other) return *this;
  wipe(text_);
  text_ = take(other.text_);
  return *this;
}

Secret::~Secret() {
  wipe(text_);
}

}  // namespace payferry
