#include "loader/report/latency_histogram.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace payferry {

using std::chrono::milliseconds;

/// The power of two and the bits that follow the highest one.
std::size_t LatencyHistogram::bucket_of(std::uint64_t value) {
  if (value < kSteps) return value;
  const unsigned shift = static_cast<unsigned>(std::bit_width(value)) - kPrecisionBits - 1;
  const std::size_t bucket = (shift + 1) * kSteps + (value >> shift) - kSteps;
  return std::min(bucket, kBuckets - 1);
}

std::uint64_t LatencyHistogram::start_of(std::size_t bucket) {
  if (bucket < kSteps) return bucket;
  const std::size_t shift = bucket / kSteps - 1;
  return (kSteps + bucket % kSteps) << shift;
}

void LatencyHistogram::add(milliseconds latency) {
  const auto value = static_cast<std::uint64_t>(std::max<std::int64_t>(0, latency.count()));
  ++counts_[bucket_of(value)];
  ++count_;
  longest_ = std::max(longest_, latency);
}

milliseconds LatencyHistogram::percentile(double share) const {
  if (count_ == 0) return milliseconds(0);
  const auto rank = std::max<std::uint64_t>(
      1, static_cast<std::uint64_t>(std::ceil(share * static_cast<double>(count_))));
  std::uint64_t so_far = 0;
  for (std::size_t bucket = 0; bucket < kBuckets; ++bucket) {
    so_far += counts_[bucket];
    if (so_far < rank) continue;
    const auto last = static_cast<std::int64_t>(start_of(bucket + 1) - 1);
    return std::min(longest_, milliseconds(last));
  }
  return longest_;
}

std::vector<LatencyHistogram::Bar> LatencyHistogram::bars(std::size_t times) const {
  std::vector<Bar> bars;
  for (std::size_t bucket = 0; bucket < kBuckets; bucket += times) {
    Bar bar;
    const std::size_t end = std::min(bucket + times, kBuckets);
    bar.from = milliseconds(static_cast<std::int64_t>(start_of(bucket)));
    bar.to = milliseconds(static_cast<std::int64_t>(start_of(end)));
    for (std::size_t at = bucket; at < end; ++at) bar.count += counts_[at];
    if (bar.count > 0 || !bars.empty()) bars.push_back(bar);
  }
  while (!bars.empty() && bars.back().count == 0) bars.pop_back();
  return bars;
}

}  // namespace payferry
