#include "model/zone_offsets.hpp"

#include <date/tz.h>

#include <algorithm>

namespace payferry {

namespace {

using std::chrono::days;
using std::chrono::seconds;
using std::chrono::year;
using std::chrono::years;

// After which the Gregorian calendar repeats itself, weekdays too.
constexpr years kCycle(400);
constexpr days kDaysOfCycle(146'097);

// Far from anything a calendar here shows, and far from what 64 bits of milliseconds cannot hold.
constexpr Instant kFirst = std::chrono::sys_days(std::chrono::year(-1) / 1 / 1);
constexpr Instant kLast = std::chrono::sys_days(std::chrono::year(10'001) / 1 / 1);
// Rules without an end would give two ranges a year for ever.
constexpr Instant kEndOfRules = std::chrono::sys_days(std::chrono::year(2200) / 1 / 1);

WallTime wall_at(Instant instant, seconds offset) {
  return WallTime(instant.time_since_epoch() + offset);
}

year year_of(Instant instant) {
  return std::chrono::year_month_day(std::chrono::floor<days>(instant)).year();
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

void ZoneOffsets::Range::set_abbreviation(std::string_view text) {
  text.copy(abbreviation.data(), abbreviation.size() - 1);
}

ZoneOffsets::ZoneOffsets() {
  add_utc();
}

ZoneOffsets::ZoneOffsets(const TimeZone& zone) {
  if (zone.table == nullptr) {
    add_utc();
  } else {
    add_table(*zone.table);
    add_rules(zone.rules);
  }
}

void ZoneOffsets::add_utc() {
  Range utc;
  utc.end = kLast;
  utc.wall_begin = wall_at(kFirst, seconds(0));
  utc.wall_end = wall_at(kLast, seconds(0));
  ranges_.push_back(utc);
}

void ZoneOffsets::add_table(const date::time_zone& table) {
  for (Instant at = kFirst; at < kLast;) {
    const date::sys_seconds moment(std::chrono::floor<seconds>(at.time_since_epoch()));
    const date::sys_info info = table.get_info(moment);
    Range range;
    range.end = at < kEndOfRules ? to_instant_of_ours(info.end) : kLast;
    range.offset = info.offset;
    range.wall_begin = wall_at(at, info.offset);
    range.wall_end = wall_at(range.end, info.offset);
    range.set_abbreviation(info.abbrev);
    ranges_.push_back(range);
    at = range.end;
  }
}

void ZoneOffsets::add_rules(const ZoneRules& rules) {
  const Instant last_of_table = ranges_.size() > 1 ? (ranges_.end() - 2)->end : kFirst;
  const year first_year = year_of(last_of_table);
  // The rules hold in all of the cycle before it, and tell the changes around the new year itself.
  const year repeated = first_year + kCycle + years(2);
  for (year of = first_year; of <= repeated; ++of) {
    for (const ZoneRules::Change& change : rules.changes_in(of)) {
      if (change.at > last_of_table) add_change(change);
    }
  }
  repeats_from_ = repeated / 1 / 1;
}

void ZoneOffsets::add_change(const ZoneRules::Change& change) {
  Range& before = ranges_.back();
  before.end = change.at;
  before.wall_end = wall_at(change.at, before.offset);
  Range range;
  range.end = kLast;
  range.offset = change.offset;
  range.wall_begin = wall_at(change.at, change.offset);
  range.wall_end = wall_at(kLast, change.offset);
  range.set_abbreviation(change.abbreviation);
  // Summer time all the year round is written as its end at the moment of its next beginning.
  const bool is_empty = before.wall_begin >= before.wall_end;
  if (is_empty) ranges_.pop_back();
  ranges_.push_back(range);
}

template <class Time>
Time ZoneOffsets::folded(Time time) const {
  const Time limit(repeats_from_.time_since_epoch());
  if (time < limit) return time;
  const auto beyond = time - limit;
  return time - (beyond / kDaysOfCycle + 1) * kDaysOfCycle;
}

std::vector<ZoneOffsets::Range>::const_iterator ZoneOffsets::find(WallTime wall) const {
  const auto found =
      std::upper_bound(ranges_.begin(), ranges_.end(), wall,
                       [](WallTime time, const Range& range) { return time < range.wall_end; });
  return found == ranges_.end() ? ranges_.end() - 1 : found;
}

std::optional<seconds> ZoneOffsets::offset_at(WallTime wall) const {
  wall = folded(wall);
  const auto range = find(wall);
  if (wall < range->wall_begin) return std::nullopt;
  return range->offset;
}

std::optional<seconds> ZoneOffsets::offset_at(WallTime wall, std::string_view abbreviation) const {
  wall = folded(wall);
  for (auto range = find(wall); range != ranges_.end() && range->wall_begin <= wall; ++range) {
    if (range->abbreviation_text() == abbreviation) return range->offset;
  }
  return std::nullopt;
}

seconds ZoneOffsets::offset_at(Instant instant) const {
  instant = folded(instant);
  const auto found =
      std::upper_bound(ranges_.begin(), ranges_.end(), instant,
                       [](Instant time, const Range& range) { return time < range.end; });
  return found == ranges_.end() ? ranges_.back().offset : found->offset;
}

std::optional<WallTime> ZoneOffsets::first_time_of(std::chrono::local_days day) const {
  const auto known_day = folded(day);
  const WallTime first = std::max<WallTime>(known_day, find(known_day)->wall_begin);
  if (first >= known_day + days(1)) return std::nullopt;
  return first + (day - known_day);
}

}  // namespace payferry
