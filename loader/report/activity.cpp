#include "loader/report/activity.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace payferry {

namespace {

/// A pause between two processes of a run is worth leaving out if it is longer than so many bins.
constexpr std::int64_t kShortPause = 8;

std::int64_t divide_down(std::int64_t value, std::int64_t by) {
  return value / by - (value % by < 0 ? 1 : 0);
}

/// Where the last process that began between the two bins did so, if it is worth a break.
std::optional<std::int64_t> break_between(const Activity& activity, std::int64_t before,
                                          std::int64_t after, std::span<const Instant> starts) {
  if (after - before <= kShortPause) return std::nullopt;
  std::optional<std::int64_t> begin;
  for (const Instant start : starts) {
    const std::int64_t index = activity.index_of(start);
    if (index > before && index <= after) begin = std::max(begin.value_or(index), index);
  }
  return begin;
}

void append_until(Stretch& stretch, const Activity& activity, std::int64_t index) {
  const auto bins = static_cast<std::size_t>(index - activity.index_of(stretch.begin));
  stretch.bins.resize(std::max(stretch.bins.size(), bins));
}

/// Nothing where it would have more than `most_bins`.
std::optional<Timeline> try_lay_out(const Activity& activity, std::span<const Instant> starts,
                                    std::size_t most_bins) {
  Timeline timeline;
  timeline.width = activity.width();
  std::optional<std::int64_t> last;
  for (const auto& [index, bin] : activity.bins()) {
    const auto begin = last ? break_between(activity, *last, index, starts) : index;
    if (begin) timeline.stretches.push_back({activity.start_of(*begin), {}});
    Stretch& stretch = timeline.stretches.back();
    const auto so_far = index - activity.index_of(stretch.begin);
    if (timeline.bins() + static_cast<std::size_t>(so_far) - stretch.bins.size() >= most_bins)
      return std::nullopt;
    append_until(stretch, activity, index);
    stretch.bins.push_back(bin);
    last = index;
  }
  return timeline;
}

}  // namespace

std::uint64_t ActivityBin::settled() const {
  std::uint64_t sum = 0;
  for (const std::uint64_t count : outcomes) sum += count;
  return sum;
}

ActivityBin& ActivityBin::operator+=(const ActivityBin& other) {
  for (std::size_t i = 0; i < outcomes.size(); ++i) outcomes[i] += other.outcomes[i];
  requests += other.requests;
  throttled += other.throttled;
  faults += other.faults;
  return *this;
}

std::int64_t Activity::index_of(Instant moment) const {
  return divide_down(moment.time_since_epoch().count(), width_.count());
}

ActivityBin& Activity::at(Instant moment) {
  for (;;) {
    ActivityBin& bin = bins_[index_of(moment)];
    if (bins_.size() <= most_bins_) return bin;
    widen();
  }
}

void Activity::widen() {
  width_ *= 2;
  std::map<std::int64_t, ActivityBin> wider;
  for (const auto& [index, bin] : bins_) wider[divide_down(index, 2)] += bin;
  bins_ = std::move(wider);
}

std::size_t Timeline::bins() const {
  std::size_t sum = 0;
  for (const Stretch& stretch : stretches) sum += stretch.bins.size();
  return sum;
}

Timeline lay_out(Activity activity, std::span<const Instant> starts, std::size_t most_bins) {
  for (;;) {
    if (auto timeline = try_lay_out(activity, starts, most_bins)) return *std::move(timeline);
    activity.widen();
  }
}

}  // namespace payferry
