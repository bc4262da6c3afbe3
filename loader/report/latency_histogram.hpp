#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace payferry {

/// How long requests took, in bounded memory: exact below 32 ms, and within 3 % above.
class LatencyHistogram {
 public:
  struct Bar {
    std::chrono::milliseconds from{};
    std::chrono::milliseconds to{};  ///< not included
    std::uint64_t count = 0;
  };

  /// A negative time counts as zero: the wall clock may have been set back.
  void add(std::chrono::milliseconds latency);

  std::uint64_t count() const { return count_; }
  std::chrono::milliseconds longest() const { return longest_; }
  /// The time within which this share (0 to 1) of the requests ended; zero where there are none.
  std::chrono::milliseconds percentile(double share) const;
  /// From the first that is not empty to the last, in bars that are about `times` as wide as the
  /// precision.
  std::vector<Bar> bars(std::size_t times) const;

 private:
  static constexpr unsigned kPrecisionBits = 5;
  static constexpr std::size_t kSteps = std::size_t{1} << kPrecisionBits;
  static constexpr std::size_t kBuckets = kSteps * 32;

  static std::size_t bucket_of(std::uint64_t value);
  static std::uint64_t start_of(std::size_t bucket);

  std::array<std::uint64_t, kBuckets> counts_{};
  std::uint64_t count_ = 0;
  std::chrono::milliseconds longest_{0};
};

}  // namespace payferry
