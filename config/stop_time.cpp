#include "config/stop_time.hpp"

#include <date/tz.h>

#include <optional>

#include "config/duration_text.hpp"
#include "config/secret_text.hpp"

namespace payferry {

namespace {

std::optional<int> two_digits(std::string_view text, int most) {
  if (text.empty() || text.size() > 2) return std::nullopt;
  int value = 0;
  for (const char digit : text) {
    if (digit < '0' || digit > '9') return std::nullopt;
    value = value * 10 + (digit - '0');
  }
  return value <= most ? std::optional(value) : std::nullopt;
}

std::optional<ClockTime> parse_clock_time(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const std::optional<int> hour = two_digits(text.substr(0, colon), 23);
  const std::optional<int> minute = two_digits(text.substr(colon + 1), 59);
  if (!hour || !minute || text.size() - colon != 3) return std::nullopt;
  return ClockTime{std::chrono::hours(*hour) + std::chrono::minutes(*minute)};
}

Instant on_day(date::local_days day, ClockTime time, const date::time_zone& zone) {
  const date::local_time<std::chrono::milliseconds> wall = day + time.since_midnight;
  // A clock that is put forward or back skips or repeats a time: the earlier one is the safe one.
  return zone.to_sys(wall, date::choose::earliest);
}

Instant next(ClockTime time, Instant now, const date::time_zone& zone) {
  const auto today = date::floor<date::days>(zone.to_local(now));
  const Instant moment = on_day(today, time, zone);
  return moment > now ? moment : on_day(today + date::days(1), time, zone);
}

}  // namespace

tl::expected<StopTime, std::string> parse_stop_time(std::string_view text) {
  if (const auto time = parse_clock_time(text)) return *time;
  const auto duration = parse_duration(text);
  if (duration && duration->count() > 0) return *duration;
  return tl::unexpected("must be a time of day such as 06:30, or a duration such as 2h, not " +
                        shown_text(text));
}

Instant resolve(const StopTime& stop_time, Instant now,
                const std::function<const date::time_zone&()>& zone) {
  if (const auto* duration = std::get_if<std::chrono::milliseconds>(&stop_time))
    return now + *duration;
  return next(std::get<ClockTime>(stop_time), now, zone());
}

}  // namespace payferry
