#include "bench/load/soak_watch.hpp"

#include <algorithm>
#include <stdexcept>

namespace payferry::bench {

namespace {

void widen(SizeRange& range, const ProcessSize& size) {
  range.least.resident_kib = std::min(range.least.resident_kib, size.resident_kib);
  range.least.descriptors = std::min(range.least.descriptors, size.descriptors);
  range.most.resident_kib = std::max(range.most.resident_kib, size.resident_kib);
  range.most.descriptors = std::max(range.most.descriptors, size.descriptors);
}

std::string grew(const std::string& what, std::size_t before, std::size_t after) {
  return what + " grew: at least " + std::to_string(before) + " in the third quarter, " +
         std::to_string(after) + " in the last";
}

}  // namespace

SizeRange SoakWatch::quarter(unsigned number) const {
  std::optional<SizeRange> range;
  const Time end = sights_.empty() ? Time(0) : sights_.back().since_begin;
  for (const Sight& sight : sights_) {
    const bool is_before = 4 * sight.since_begin < (number - 1) * end;
    const bool is_after = number < 4 && 4 * sight.since_begin >= number * end;
    if (is_before || is_after) continue;
    if (range) {
      widen(*range, sight.size);
    } else {
      range = SizeRange{sight.size, sight.size};
    }
  }
  if (!range)
    throw std::runtime_error("the process was not looked at in quarter " + std::to_string(number));
  return *range;
}

std::optional<std::string> SoakWatch::complaint() const {
  const ProcessSize third = quarter(3).least;
  const ProcessSize last = quarter(4).least;
  if (last.resident_kib > third.resident_kib + kMostGrowthKib)
    return grew("resident KiB", third.resident_kib, last.resident_kib);
  if (last.descriptors > third.descriptors + kMoreDescriptors)
    return grew("descriptors", third.descriptors, last.descriptors);
  return std::nullopt;
}

}  // namespace payferry::bench
