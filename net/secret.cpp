#include "net/secret.hpp"

#include <openssl/crypto.h>

#include <utility>

namespace payferry {

Secret::Secret(Secret&& other) noexcept {
  // A short text is copied by a move, so the swap leaves nothing behind.
  text_.swap(other.text_);
}

Secret& Secret::operator=(Secret&& other) noexcept {
  if (this == &other) return *this;
  wipe();
  text_.swap(other.text_);
  return *this;
}

void Secret::wipe() noexcept {
  OPENSSL_cleanse(text_.data(), text_.size());
  text_.clear();
}

}  // namespace payferry
