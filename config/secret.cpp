#include "config/secret.hpp"

#include <string.h>

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
