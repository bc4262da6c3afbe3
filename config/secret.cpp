#include "config/secret.hpp"

#include <string.h>  // NOLINT(modernize-deprecated-headers): explicit_bzero is not in <cstring>

#include <algorithm>
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

}  // namespace

void wipe(std::string& text) noexcept {
  explicit_bzero(text.data(), text.size());
  text.clear();
}

void mask_secret(std::string& text, std::string_view secret) noexcept {
  constexpr std::size_t kFewestCharacters = 8;
  if (secret.size() < kFewestCharacters) return;
  char* const end = text.data() + text.size();
  char* at = text.data();
  const auto find = [&] {
    const auto left = static_cast<std::size_t>(end - at);
    return static_cast<char*>(::memmem(at, left, secret.data(), secret.size()));
  };
  while ((at = find()) != nullptr) {
    std::fill_n(at, secret.size(), '*');
    at += secret.size();
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
