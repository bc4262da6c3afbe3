#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace payferry {

/// A whole number that cannot be mistaken for another kind of whole number.
template <class Tag>
class StrongNumber {
 public:
  constexpr StrongNumber() = default;
  constexpr explicit StrongNumber(std::uint64_t value) : value_(value) {}

  constexpr std::uint64_t value() const { return value_; }
  constexpr StrongNumber next() const { return StrongNumber(value_ + 1); }
  constexpr StrongNumber previous() const { return StrongNumber(value_ - 1); }
  constexpr auto operator<=>(const StrongNumber&) const = default;

 private:
  std::uint64_t value_ = 0;
};

/// Place of a record in the run: 1, 2, 3, … through all inputs. 0 stands for "before the first".
using RecordNumber = StrongNumber<struct RecordNumberTag>;
/// Place of a batch in the run, in the order in which batches were closed.
using BatchNumber = StrongNumber<struct BatchNumberTag>;
/// Line of a file, from 1.
using LineNumber = StrongNumber<struct LineNumberTag>;
/// Bytes from the start of a file's decompressed content.
using ByteOffset = StrongNumber<struct ByteOffsetTag>;
/// Place of an input file in the run, from 0.
using InputIndex = StrongNumber<struct InputIndexTag>;

}  // namespace payferry

template <class Tag>
struct std::hash<payferry::StrongNumber<Tag>> {
  std::size_t operator()(payferry::StrongNumber<Tag> number) const noexcept {
    return std::hash<std::uint64_t>()(number.value());
  }
};
