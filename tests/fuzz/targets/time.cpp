#include <date/tz.h>

#include <string>

#include "fuzz/fuzz_target.hpp"
#include "model/instant.hpp"
#include "model/time_format.hpp"
#include "model/time_reader.hpp"
#include "model/wall_time.hpp"

namespace payferry::fuzz {

namespace {

const TimeZone& london() {
  static const TimeZone zone{date::locate_zone("Europe/London"),
                             ZoneRules::parse("GMT0BST,M3.5.0/1,M10.5.0").value()};
  return zone;
}

void check_instant(Instant instant) {
  const auto again = parse_iso8601(to_iso8601(instant));
  require(again == instant, "a moment is written so that it is read as the same");
}

void check_reader(const std::string& format, std::string_view text, const TimeZone& zone) {
  const auto reader = TimeReader::make(format, zone);
  if (!reader) {
    require(!reader.error().empty(), "what is wrong with a format is said");
    return;
  }
  const auto reading = reader->read(text);
  if (!reading || !reading->utc_offset) return;
  const std::chrono::seconds offset = *reading->utc_offset;
  require(offset > std::chrono::hours(-25) && offset < std::chrono::hours(25),
          "no place is further from UTC than a day");
  if (const auto instant = to_instant(reading->wall, offset)) check_instant(*instant);
}

/// A pattern takes all that ISO 8601 writes in the same way.
void check_pattern(std::string_view text) {
  static const TimeFormat pattern = TimeFormat::compile("%Y-%m-%dT%H:%M:%S").value();
  constexpr std::size_t kBytes = std::string_view("2026-11-23T10:00:00").size();
  const auto iso = parse_iso8601_written(text);
  if (!iso || text.size() != kBytes || text[10] != 'T' || iso->utc_offset) return;
  const auto written = pattern.parse(text);
  require(written && written->wall == iso->wall, "both ways of reading agree");
}

}  // namespace

void try_time(std::string_view bytes) {
  const std::size_t line_end = bytes.find('\n');
  const std::string format(bytes.substr(0, line_end));
  const std::string_view text = line_end == bytes.npos ? bytes : bytes.substr(line_end + 1);
  for (const TimeZone& zone : {TimeZone(), london()}) {
    check_reader(format, text, zone);
    for (const char* const known : {"iso8601", "unix", "unix_ms"}) check_reader(known, text, zone);
  }
  check_pattern(text);
  if (const auto instant = parse_iso8601(text)) check_instant(*instant);
  if (const auto instant = parse_http_date(text)) check_instant(*instant);
}

}  // namespace payferry::fuzz
