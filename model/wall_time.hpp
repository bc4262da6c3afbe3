#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "model/instant.hpp"
#include "model/text_scanner.hpp"

namespace payferry {

/// What a calendar and a clock on the wall show; which moment that is depends on the place.
using WallTime = std::chrono::local_time<std::chrono::milliseconds>;

/// A wall time as it was written, with its distance from UTC where that was written too.
struct WrittenTime {
  WallTime wall{};
  std::optional<std::chrono::seconds> utc_offset;
};

/// A clock's reading in parts, as a text gives them.
struct TimeOfDay {
  unsigned hour = 0;
  unsigned minute = 0;
  unsigned second = 0;
  std::chrono::milliseconds fraction{};

  /// Nothing for a time that no clock shows. 24:00 and leap seconds are not taken.
  std::optional<std::chrono::milliseconds> since_midnight() const;
};

/// Nothing for a day that no calendar has. Years 0 to 9999.
std::optional<std::chrono::local_days> make_day(unsigned year, unsigned month, unsigned day);

/// Reads "Z", "+01", "+0100", "+01:00" or "+01:00:00".
std::optional<std::chrono::seconds> take_utc_offset(TextScanner& scanner);

/// Reads ISO 8601: "2026-11-23", and after it, each part optional, "T10:00" (or a blank for the T),
/// ":00",
/// ".123" or ",123", an offset from UTC.
std::optional<WrittenTime> parse_iso8601_written(std::string_view text);

/// Nothing where the moment has a year that ISO 8601 cannot write in four digits.
std::optional<Instant> to_instant(WallTime wall, std::chrono::seconds utc_offset);

}  // namespace payferry
