#pragma once

#include <memory>
#include <utility>

namespace payferry {

/// A value that nearly always is as `T()` makes it, and takes no more than a pointer's room until
/// it is changed. Copies are deep. After a move it is `T()`.
template <class T>
class Rare {
 public:
  Rare() = default;
  explicit Rare(T value) : changed_(std::make_unique<T>(std::move(value))) {}
  Rare(const Rare& other) : changed_(other ? std::make_unique<T>(*other) : nullptr) {}
  Rare(Rare&&) noexcept = default;
  Rare& operator=(Rare other) noexcept {
    changed_ = std::move(other.changed_);
    return *this;
  }
  Rare& operator=(T value) {
    **this = std::move(value);
    return *this;
  }
  ~Rare() = default;

  /// False: it surely is `T()`.
  explicit operator bool() const { return changed_ != nullptr; }

  const T& operator*() const { return changed_ ? *changed_ : unchanged(); }
  const T* operator->() const { return &**this; }
  T& operator*() {
    if (!changed_) changed_ = std::make_unique<T>();
    return *changed_;
  }
  T* operator->() { return &**this; }

 private:
  static const T& unchanged() {
    static const T value{};
    return value;
  }

  std::unique_ptr<T> changed_;
};

}  // namespace payferry
