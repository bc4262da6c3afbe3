#pragma once

#include <string>
#include <string_view>

namespace payferry {

/// Text that is wiped from memory when it is done with, and has no way into a stream or a log.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string text) noexcept : text_(std::move(text)) {}
  Secret(Secret&& other) noexcept;
  Secret& operator=(Secret&& other) noexcept;
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  ~Secret() { wipe(); }

  bool empty() const { return text_.empty(); }
  /// For use on the wire, nowhere else.
  std::string_view reveal() const { return text_; }

 private:
  void wipe() noexcept;

  std::string text_;
};

}  // namespace payferry
