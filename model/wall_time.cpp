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

constexpr std::string_view kCommonForm = "2024-03-27T18:04:11";

/// Times that begin in the common form, which are nearly all: where each part stands is known.
std::optional<WallTime> wall_time_of_common_form(std::string_view text) {
  if (text.size() < kCommonForm.size()) return std::nullopt;
  bool good = text[4] == '-' && text[7] == '-' && (text[10] == 'T' || text[10] == ' ') &&
              text[13] == ':' && text[16] == ':';
  const auto two_digits = [&](std::size_t at) {
    const unsigned tens = digit_value(text[at]);
    const unsigned ones = digit_value(text[at + 1]);
    good = good && tens <= 9 && ones <= 9;
    return tens * 10 + ones;
  };
  const unsigned year = two_digits(0) * 100 + two_digits(2);
  const unsigned month = two_digits(5);
  const unsigned day = two_digits(8);
  const TimeOfDay time{two_digits(11), two_digits(14), two_digits(17), {}};
  if (!good) return std::nullopt;
  const auto date = make_day(year, month, day);
  const auto since_midnight = time.since_midnight();
  if (!date || !since_midnight) return std::nullopt;
  return *date + *since_midnight;
}

/// What may follow it: decimals of the second.
bool take_common_form(TextScanner& scanner, WallTime& wall) {
  const auto whole_seconds = wall_time_of_common_form(scanner.rest());
  if (!whole_seconds) return false;
  TextScanner behind(scanner.rest().substr(kCommonForm.size()));
  wall = *whole_seconds;
  if (behind.take('.') || behind.take(',')) {
    const auto fraction = behind.take_fraction();
    if (!fraction) return false;
    wall += *fraction;
  }
  scanner = behind;
  return true;
}

/// False where it is none; may then have consumed something. Without a time of day the text ends.
bool take_iso_wall_time(TextScanner& scanner, WallTime& wall) {
  if (take_common_form(scanner, wall)) return true;
  const auto day = take_iso_day(scanner);
  if (!day) return false;
  wall = *day;
  if (scanner.at_end()) return true;
  if (!scanner.take('T') && !scanner.take('t') && !scanner.take(' ')) return false;
  const auto time = take_iso_time(scanner);
  if (!time) return false;
  wall += *time;
  return true;
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
  WrittenTime written;
  if (!take_iso_wall_time(scanner, written.wall)) return std::nullopt;
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
