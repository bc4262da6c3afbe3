#include "model/instant.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "model/text_scanner.hpp"
#include "model/wall_time.hpp"

namespace payferry {

namespace {

using std::chrono::milliseconds;

constexpr std::array<std::string_view, 12> kMonthNames{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

constexpr std::array<char, 200> kTwoDigits = [] {
  std::array<char, 200> texts{};
  for (unsigned value = 0; value < 100; ++value) {
    texts[2 * value] = digit_character(value / 10);
    texts[2 * value + 1] = digit_character(value % 10);
  }
  return texts;
}();

void write_two_digits(char* to, unsigned value) {
  std::memcpy(to, &kTwoDigits[2 * value], 2);
}

void write_date(char* to, const std::chrono::year_month_day& date) {
  const auto year = static_cast<unsigned>(std::clamp(static_cast<int>(date.year()), 0, 9999));
  write_two_digits(to, year / 100);
  write_two_digits(to + 2, year % 100);
  write_two_digits(to + 5, static_cast<unsigned>(date.month()));
  write_two_digits(to + 8, static_cast<unsigned>(date.day()));
}

void write_time(char* to, unsigned of_day_ms) {
  const unsigned seconds = of_day_ms / 1000;
  const unsigned ms = of_day_ms % 1000;
  write_two_digits(to, seconds / 3600);
  write_two_digits(to + 3, seconds / 60 % 60);
  write_two_digits(to + 6, seconds % 60);
  to[9] = digit_character(ms / 100);
  write_two_digits(to + 10, ms % 100);
}

std::optional<unsigned> take_month_name(TextScanner& scanner) {
  for (std::size_t month = 0; month < kMonthNames.size(); ++month) {
    if (scanner.take(kMonthNames[month])) return static_cast<unsigned>(month + 1);
  }
  return std::nullopt;
}

/// "23 Nov 2026"
std::optional<std::chrono::local_days> take_http_day(TextScanner& scanner) {
  const auto day = scanner.take_number(2, 2);
  if (!day || !scanner.take(' ')) return std::nullopt;
  const auto month = take_month_name(scanner);
  if (!month || !scanner.take(' ')) return std::nullopt;
  const auto year = scanner.take_number(4, 4);
  if (!year) return std::nullopt;
  return make_day(*year, *month, *day);
}

/// "10:00:00"
std::optional<milliseconds> take_http_time(TextScanner& scanner) {
  const auto hour = scanner.take_number(2, 2);
  if (!hour || !scanner.take(':')) return std::nullopt;
  const auto minute = scanner.take_number(2, 2);
  if (!minute || !scanner.take(':')) return std::nullopt;
  const auto second = scanner.take_number(2, 2);
  if (!second) return std::nullopt;
  return TimeOfDay{*hour, *minute, *second, {}}.since_midnight();
}

}  // namespace

Iso8601 iso8601(Instant instant) {
  constexpr std::string_view kForm = "0000-00-00T00:00:00.000Z";
  Iso8601 text;
  kForm.copy(text.data(), text.size());
  const auto day = std::chrono::floor<std::chrono::days>(instant);
  write_date(text.data(), std::chrono::year_month_day(day));
  write_time(text.data() + 11, static_cast<unsigned>((instant - day).count()));
  return text;
}

void append_iso8601(std::string& out, Instant instant) {
  const Iso8601 text = iso8601(instant);
  out.append(text.data(), text.size());
}

std::string to_iso8601(Instant instant) {
  std::string text;
  append_iso8601(text, instant);
  return text;
}

void append_iso8601_day(std::string& out, std::chrono::local_days day) {
  char text[] = "0000-00-00";
  write_date(text, std::chrono::year_month_day(day));
  out.append(text, sizeof text - 1);
}

std::optional<Instant> parse_iso8601(std::string_view text) {
  constexpr std::size_t kSecondsAt = 17;
  const auto written = parse_iso8601_written(text);
  if (!written || !written->utc_offset || text[10] == ' ' || text.size() <= kSecondsAt ||
      text[kSecondsAt - 1] != ':')
    return std::nullopt;
  return to_instant(written->wall, *written->utc_offset);
}

std::optional<Instant> parse_http_date(std::string_view text) {
  constexpr std::string_view kWeekday = "Mon, ";
  if (text.size() < kWeekday.size() || text.substr(3, 2) != ", ") return std::nullopt;
  TextScanner scanner(text.substr(kWeekday.size()));
  const auto day = take_http_day(scanner);
  if (!day || !scanner.take(' ')) return std::nullopt;
  const auto time = take_http_time(scanner);
  if (!time || scanner.rest() != " GMT") return std::nullopt;
  return to_instant(*day + *time, std::chrono::seconds(0));
}

}  // namespace payferry
