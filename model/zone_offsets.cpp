#include "model/zone_offsets.hpp"

#include <date/tz.h>

#include <algorithm>

namespace payferry {

namespace {

using std::chrono::seconds;

// Far from anything a calendar here shows, and far from what 64 bits of milliseconds cannot hold.
constexpr Instant kFirst = std::chrono::sys_days(std::chrono::year(-1) / 1 / 1);
constexpr Instant kLast = std::chrono::sys_days(std::chrono::year(10'001) / 1 / 1);
// Rules without an end would give two ranges a year for ever.
constexpr Instant kEndOfRules = std::chrono::sys_days(std::chrono::year(2200) / 1 / 1);

WallTime wall_at(Instant instant, seconds offset) {
  return WallTime(instant.time_since_epoch() + offset);
}

Instant to_instant_of_ours(date::sys_seconds time) {
  const seconds first = std::chrono::duration_cast<seconds>(kFirst.time_since_epoch());
  const seconds last = std::chrono::duration_cast<seconds>(kLast.time_since_epoch());
  return Instant(std::clamp(time.time_since_epoch(), first, last));
}

}  // namespace

std::string_view ZoneOffsets::Range::abbreviation_text() const {
  return abbreviation.data();  // the last byte is always zero
}

ZoneOffsets::ZoneOffsets() {
  Range utc;
  utc.end = kLast;
  utc.wall_begin = wall_at(kFirst, seconds(0));
  utc.wall_end = wall_at(kLast, seconds(0));
  ranges_.push_back(utc);
}

ZoneOffsets::ZoneOffsets(const date::time_zone& zone) {
  for (Instant at = kFirst; at < kLast;) {
    const date::sys_seconds moment(std::chrono::floor<seconds>(at.time_since_epoch()));
    const date::sys_info info = zone.get_info(moment);
    Range range;
    range.end = at < kEndOfRules ? to_instant_of_ours(info.end) : kLast;
    range.offset = info.offset;
    range.wall_begin = wall_at(at, info.offset);
    range.wall_end = wall_at(range.end, info.offset);
    // One byte stays zero, as the end.
    info.abbrev.copy(range.abbreviation.data(), range.abbreviation.size() - 1);
    ranges_.push_back(range);
    at = range.end;
  }
}

std::vector<ZoneOffsets::Range>::const_iterator ZoneOffsets::find(WallTime wall) const {
  const auto found =
      std::upper_bound(ranges_.begin(), ranges_.end(), wall,
                       [](WallTime time, const Range& range) { return time < range.wall_end; });
  return found == ranges_.end() ? ranges_.end() - 1 : found;
}

std::optional<seconds> ZoneOffsets::offset_at(WallTime wall) const {
  const auto range = find(wall);
  if (wall < range->wall_begin) return std::nullopt;
  return range->offset;
}

std::optional<seconds> ZoneOffsets::offset_at(WallTime wall, std::string_view abbreviation) const {
  for (auto range = find(wall); range != ranges_.end() && range->wall_begin <= wall; ++range) {
    if (range->abbreviation_text() == abbreviation) return range->offset;
  }
  return std::nullopt;
}

seconds ZoneOffsets::offset_at(Instant instant) const {
  const auto found =
      std::upper_bound(ranges_.begin(), ranges_.end(), instant,
                       [](Instant time, const Range& range) { return time < range.end; });
  return found == ranges_.end() ? ranges_.back().offset : found->offset;
}

std::optional<WallTime> ZoneOffsets::first_time_of(std::chrono::local_days day) const {
  const WallTime first = std::max<WallTime>(day, find(day)->wall_begin);
  if (first >= day + std::chrono::days(1)) return std::nullopt;
  return first;
}

}  // namespace payferry
