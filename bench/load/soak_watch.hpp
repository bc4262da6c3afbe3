#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "bench/harness/process_size.hpp"

namespace payferry::bench {

/// What was seen of a process between two moments.
struct SizeRange {
  ProcessSize least;
  ProcessSize most;
};

/// Looks at how large a process is, over a long time, and tells whether it grows.
class SoakWatch {
 public:
  using Time = std::chrono::milliseconds;

  /// How far the least of the last quarter may be above the least of the third; the first half is
  /// for what warms up, of which the keys of the duplicate check are most: they reach their bound
  /// with half a million records. The most goes with the requests in flight, and those with how
  /// busy the machine is; what is never given back raises the least.
  static constexpr std::size_t kMostGrowthKib = 2 * 1024;
  static constexpr std::size_t kMoreDescriptors = 8;

  void add(Time since_begin, const ProcessSize& size) { sights_.push_back({since_begin, size}); }

  /// 1 to 4, of the time up to the last sight. Throws std::runtime_error where there is none in it.
  SizeRange quarter(unsigned number) const;
  /// One sentence where it grew from the third quarter to the last.
  std::optional<std::string> complaint() const;

 private:
  struct Sight {
    Time since_begin;
    ProcessSize size;
  };

  std::vector<Sight> sights_;
};

}  // namespace payferry::bench
