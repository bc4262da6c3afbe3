#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <string_view>
#include <vector>

#include "model/instant.hpp"
#include "model/time_zone.hpp"
#include "model/wall_time.hpp"

namespace payferry {

/// A time zone's distances from UTC through its history, flat, so that a look-up is a short search
/// in memory that any number of threads may do.
///
/// A wall time that a clock change skips (spring) is no moment: 01:30 in London on the last Sunday
/// of March. One that comes twice (autumn) is the first of the two, unless the zone's abbreviation
/// tells. What the zone's table does not reach follows its rules, for ever.
class ZoneOffsets {
 public:
  /// UTC.
  ZoneOffsets();
  explicit ZoneOffsets(const TimeZone& zone);

  /// Nothing where the zone's clocks skipped that time.
  std::optional<std::chrono::seconds> offset_at(WallTime wall) const;
  /// Where the zone uses that abbreviation at that time, as "EST" in New York's winter.
  std::optional<std::chrono::seconds> offset_at(WallTime wall, std::string_view abbreviation) const;
  std::chrono::seconds offset_at(Instant instant) const;
  /// With which time the day began, midnight but where the clocks skipped it; nothing where they
  /// skipped all of the day.
  std::optional<WallTime> first_time_of(std::chrono::local_days day) const;

 private:
  /// A stretch of time with one offset.
  struct Range {
    Instant end;
    WallTime wall_begin;
    WallTime wall_end;
    std::chrono::seconds offset{};
    std::array<char, 8> abbreviation{};

    std::string_view abbreviation_text() const;
    void set_abbreviation(std::string_view text);
  };

  void add_utc();
  void add_table(const date::time_zone& table);
  void add_rules(const ZoneRules& rules);
  void add_change(const ZoneRules::Change& change);

  /// The same time in the years that the ranges reach.
  template <class Time>
  Time folded(Time time) const;

  /// The first that ends behind `wall`.
  std::vector<Range>::const_iterator find(WallTime wall) const;

  std::vector<Range> ranges_;  ///< in order, the last without an end
  /// From that new year on everything comes as it came one cycle of the calendar before.
  std::chrono::sys_days repeats_from_ = std::chrono::year(10'001) / 1 / 1;
};

}  // namespace payferry
