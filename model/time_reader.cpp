#include "model/time_reader.hpp"

#include "model/digits.hpp"
#include "model/text_scanner.hpp"

namespace payferry {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// The year 9999 in milliseconds has 15 digits.
constexpr std::size_t kMostEpochDigits = 15;

}  // namespace

tl::expected<TimeReader, std::string> TimeReader::make(const std::string& format,
                                                       const TimeZone& zone) {
  TimeReader reader;
  reader.zone_ = ZoneOffsets(zone);
  if (format == "iso8601") {
    reader.expected_form_ = "in ISO 8601, such as 2024-03-27T18:04:11Z";
  } else if (format == "unix") {
    reader.form_ = Form::unix_seconds;
    reader.expected_form_ = "in seconds since 1970, such as 1711562651";
  } else if (format == "unix_ms") {
    reader.form_ = Form::unix_milliseconds;
    reader.expected_form_ = "in milliseconds since 1970, such as 1711562651823";
  } else {
    auto pattern = TimeFormat::compile(format);
    if (!pattern) return tl::unexpected(pattern.error());
    reader.form_ = Form::pattern;
    reader.pattern_ = std::move(*pattern);
    reader.expected_form_ = "in the form " + format;
  }
  return reader;
}

std::optional<TimeReader::Reading> TimeReader::read(std::string_view text) const {
  switch (form_) {
    case Form::iso8601:
      return read_iso8601(text);
    case Form::pattern:
      return read_pattern(text);
    case Form::unix_seconds:
    case Form::unix_milliseconds:
      return read_epoch(text);
  }
  return std::nullopt;
}

std::optional<TimeReader::Reading> TimeReader::read_iso8601(std::string_view text) const {
  const auto written = parse_iso8601_written(text);
  if (!written) return std::nullopt;
  if (written->utc_offset) return Reading{written->wall, written->utc_offset};
  return reading_in_zone(written->wall, text);
}

bool TimeReader::lacks_only_milliseconds(std::string_view text) const {
  constexpr std::string_view kForm = "2024-03-27T18:04:11Z";
  return form_ == Form::iso8601 && text.size() == kForm.size() && text[10] == 'T' &&
         text[16] == ':' && text.back() == 'Z';
}

std::optional<TimeReader::Reading> TimeReader::read_pattern(std::string_view text) const {
  const auto written = pattern_->parse(text);
  if (!written) return std::nullopt;
  if (written->utc_offset) return Reading{written->wall, written->utc_offset};
  if (written->zone_abbreviation.empty()) return reading_in_zone(written->wall, text);
  const auto offset = zone_.offset_at(written->wall, written->zone_abbreviation);
  if (!offset) return std::nullopt;
  return Reading{written->wall, offset};
}

std::optional<TimeReader::Reading> TimeReader::read_epoch(std::string_view text) const {
  const bool before = text.starts_with('-');
  if (before) text.remove_prefix(1);
  const std::string_view whole = text.substr(0, text.find('.'));
  const auto count = parse_number(whole);
  if (!count || whole.size() > kMostEpochDigits) return std::nullopt;
  TextScanner decimals(text.substr(whole.size()));
  std::optional<milliseconds> fraction = milliseconds(0);
  if (decimals.take('.')) fraction = decimals.take_fraction();
  if (!fraction || !decimals.at_end()) return std::nullopt;
  const bool in_seconds = form_ == Form::unix_seconds;
  const auto since_1970 = in_seconds ? seconds(*count) + *fraction : milliseconds(*count);
  return reading_at(Instant(before ? -since_1970 : since_1970));
}

TimeReader::Reading TimeReader::reading_at(Instant instant) const {
  const seconds offset = zone_.offset_at(instant);
  return {WallTime(instant.time_since_epoch() + offset), offset};
}

TimeReader::Reading TimeReader::reading_in_zone(WallTime wall, std::string_view text) const {
  const auto offset = zone_.offset_at(wall);
  if (offset || !is_day_alone(text)) return {wall, offset};
  return first_reading_of(std::chrono::floor<std::chrono::days>(wall));
}

TimeReader::Reading TimeReader::first_reading_of(std::chrono::local_days day) const {
  const WallTime first = zone_.first_time_of(day).value_or(day);
  return {first, zone_.offset_at(first)};
}

bool TimeReader::is_day_alone(std::string_view text) const {
  constexpr std::string_view kDay = "2024-03-27";
  return pattern_ ? !pattern_->has_time_of_day() : text.size() == kDay.size();
}

}  // namespace payferry
