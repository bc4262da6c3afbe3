#include "model/wall_time.hpp"

namespace payferry {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr Instant kFirstInstant = std::chrono::sys_days(std::chrono::year(0) / 1 / 1);
constexpr Instant kEndOfInstants = std::chrono::sys_days(std::chrono::year(10'000) / 1 / 1);

std::optional<std::chrono::local_days> take_iso_day(TextScanner& scanner) {
  const auto year = scanner.take_number(4, 4);
  if (!year || !scanner.take('-')) return std::nullopt;
  const auto month = scanner.take_number(2, 2);
  if (!month || !scanner.take('-')) return std::nullopt;
  const auto day = scanner.take_number(2, 2);
  if (!day) return std::nullopt;
  return make_day(*year, *month, *day);
}

bool take_seconds(TextScanner& scanner, TimeOfDay& time) {
  const auto second = scanner.take_number(2, 2);
  if (!second) return false;
  time.second = *second;
  if (!scanner.take('.') && !scanner.take(',')) return true;
  const auto fraction = scanner.take_fraction();
  if (fraction) time.fraction = *fraction;
  return fraction.has_value();
}

std::optional<milliseconds> take_iso_time(TextScanner& scanner) {
  TimeOfDay time;
  const auto hour = scanner.take_number(2, 2);
  if (!hour || !scanner.take(':')) return std::nullopt;
  const auto minute = scanner.take_number(2, 2);
  if (!minute) return std::nullopt;
  time.hour = *hour;
  time.minute = *minute;
  if (scanner.take(':') && !take_seconds(scanner, time)) return std::nullopt;
  return time.since_midnight();
}

std::optional<seconds> take_offset_size(TextScanner& scanner) {
  const auto hours = scanner.take_number(2, 2);
  if (!hours || *hours > 23) return std::nullopt;
  std::optional<unsigned> minutes = 0;
  std::optional<unsigned> rest = 0;
  const bool colon = scanner.take(':');
  const bool more = !scanner.at_end() && is_digit(scanner.rest().front());
  if (colon || more) minutes = scanner.take_number(2, 2);
  if (colon && scanner.take(':')) rest = scanner.take_number(2, 2);
  if (!minutes || *minutes > 59 || !rest || *rest > 59) return std::nullopt;
  return std::chrono::hours(*hours) + std::chrono::minutes(*minutes) + seconds(*rest);
}

}  // namespace

std::optional<milliseconds> TimeOfDay::since_midnight() const {
  if (hour > 23 || minute > 59 || second > 59) return std::nullopt;
  return milliseconds(((hour * 60 + minute) * 60 + second) * 1000) + fraction;
}

std::optional<std::chrono::local_days> make_day(unsigned year, unsigned month, unsigned day) {
  const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(year)),
                                         std::chrono::month(month), std::chrono::day(day)};
  if (year > 9999 || month > 12 || day > 31 || !date.ok()) return std::nullopt;
  return std::chrono::local_days(date);
}

std::optional<seconds> take_utc_offset(TextScanner& scanner) {
  if (scanner.take('Z') || scanner.take('z')) return seconds(0);
  const bool west = scanner.take('-');
  if (!west && !scanner.take('+')) return std::nullopt;
  const auto size = take_offset_size(scanner);
  if (!size) return std::nullopt;
  return west ? -*size : *size;
}

std::optional<WrittenTime> parse_iso8601_written(std::string_view text) {
  TextScanner scanner(text);
  const auto day = take_iso_day(scanner);
  if (!day) return std::nullopt;
  WrittenTime written{.wall = *day, .utc_offset = std::nullopt};
  if (scanner.at_end()) return written;
  if (!scanner.take('T') && !scanner.take('t') && !scanner.take(' ')) return std::nullopt;
  const auto time = take_iso_time(scanner);
  if (!time) return std::nullopt;
  written.wall += *time;
  if (scanner.at_end()) return written;
  scanner.take(' ');
  written.utc_offset = take_utc_offset(scanner);
  if (!written.utc_offset || !scanner.at_end()) return std::nullopt;
  return written;
}

std::optional<Instant> to_instant(WallTime wall, seconds utc_offset) {
  const Instant instant(wall.time_since_epoch() - utc_offset);
  if (instant < kFirstInstant || instant >= kEndOfInstants) return std::nullopt;
  return instant;
}

}  // namespace payferry
