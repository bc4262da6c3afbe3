#pragma once

#include <string>
#include <string_view>

namespace payferry {

/// A token or another secret: wiped from memory when it goes, and without a way into a stream or a
/// log.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string text);
  Secret(Secret&& other) noexcept;
  Secret& operator=(Secret&& other) noexcept;
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  ~Secret();

  bool empty() const { return text_.empty(); }
  /// For use on the wire, nowhere else.
  std::string_view reveal() const { return text_; }

 private:
  std::string text_;
};

/// Overwrites a string's bytes in a way that the compiler does not leave out, and empties it.
void wipe(std::string& text) noexcept;

/// Puts "*" for each byte of the secret wherever it stands in `text`: whoever was shown it may
/// repeat it. One of fewer than 8 characters is not looked for, since words could hold it.
void mask_secret(std::string& text, std::string_view secret) noexcept;

}  // namespace payferry
