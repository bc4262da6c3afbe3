#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "model/instant.hpp"
#include "model/mapping_rules.hpp"
#include "model/time_format.hpp"
#include "model/wall_time.hpp"
#include "model/zone_offsets.hpp"

namespace payferry {

/// Reads the times of one column, as its rule's format and time zone say.
class TimeReader {
 public:
  /// A wall time and its distance from UTC: as written, else by the zone; nothing where the zone's
  /// clocks skipped that time. A day without a time of day is taken for its first time.
  struct Reading {
    WallTime wall{};
    std::optional<std::chrono::seconds> utc_offset;
  };

  /// `format`: "iso8601", "unix", "unix_ms" or a TimeFormat. The error says what is wrong with the
  /// format.
  static tl::expected<TimeReader, std::string> make(const std::string& format,
                                                    const TimeZone& zone);

  std::optional<Reading> read(std::string_view text) const;

  /// False where the zone's clocks skipped all of the day.
  bool has_day(std::chrono::local_days day) const { return zone_.first_time_of(day).has_value(); }

  /// Of a text that read() takes: it is in UTC and as HubSpot writes a time, but for ".000" before
  /// the Z.
  bool lacks_only_milliseconds(std::string_view text) const;

  /// Completes "is not a date …" for messages.
  const std::string& expected_form() const { return expected_form_; }

 private:
  enum class Form { iso8601, unix_seconds, unix_milliseconds, pattern };

  TimeReader() = default;
  std::optional<Reading> read_iso8601(std::string_view text) const;
  std::optional<Reading> read_pattern(std::string_view text) const;
  std::optional<Reading> read_epoch(std::string_view text) const;
  Reading reading_at(Instant instant) const;
  Reading reading_in_zone(WallTime wall, std::string_view text) const;
  Reading first_reading_of(std::chrono::local_days day) const;
  bool is_day_alone(std::string_view text) const;

  Form form_ = Form::iso8601;
  std::optional<TimeFormat> pattern_;
  ZoneOffsets zone_;
  std::string expected_form_;
};

}  // namespace payferry
