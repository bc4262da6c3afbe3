#include "model/zone_rules.hpp"

#include <algorithm>

#include "model/text_scanner.hpp"

namespace payferry {

namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::local_days;
using std::chrono::minutes;
using std::chrono::seconds;
using std::chrono::year;

// RFC 8536: a change may be told from a day up to a week away.
constexpr unsigned kMostHours = 167;
constexpr unsigned kLastWeek = 5;

bool is_of_plain_name(char character) {
  const char lower = static_cast<char>(character | 0x20);
  return lower >= 'a' && lower <= 'z';
}

std::optional<std::string> take_name(TextScanner& scanner) {
  const bool in_brackets = scanner.take('<');
  const std::string_view rest = scanner.rest();
  const auto end = in_brackets ? std::find(rest.begin(), rest.end(), '>')
                               : std::find_if_not(rest.begin(), rest.end(), is_of_plain_name);
  std::string name(rest.begin(), end);
  scanner.take(name);
  if (name.size() < 3 || (in_brackets && !scanner.take('>'))) return std::nullopt;
  return name;
}

/// ":30", ":30:15" or nothing.
std::optional<seconds> take_minutes(TextScanner& scanner) {
  seconds sum{};
  for (const seconds unit : {seconds(minutes(1)), seconds(1)}) {
    if (!scanner.take(':')) return sum;
    const auto count = scanner.take_number(2, 2);
    if (!count || *count > 59) return std::nullopt;
    sum += *count * unit;
  }
  return sum;
}

std::optional<seconds> take_time(TextScanner& scanner) {
  const bool negative = scanner.take('-');
  if (!negative) scanner.take('+');
  const auto whole_hours = scanner.take_number(1, 3);
  if (!whole_hours || *whole_hours > kMostHours) return std::nullopt;
  const auto rest = take_minutes(scanner);
  if (!rest) return std::nullopt;
  const seconds time = hours(*whole_hours) + *rest;
  return negative ? -time : time;
}

/// POSIX counts westwards.
std::optional<seconds> take_offset(TextScanner& scanner) {
  const auto west = take_time(scanner);
  if (!west || *west < -hours(25) || *west > hours(25)) return std::nullopt;
  return -*west;
}

std::optional<ZoneRules::Clock> take_clock(TextScanner& scanner, std::optional<seconds> usual) {
  auto name = take_name(scanner);
  if (!name) return std::nullopt;
  const bool is_usual = usual && (scanner.at_end() || scanner.rest().front() == ',');
  const auto offset = is_usual ? usual : take_offset(scanner);
  if (!offset) return std::nullopt;
  return ZoneRules::Clock{std::move(*name), *offset};
}

bool take_weekday_of_month(TextScanner& scanner, ZoneRules::Date& date) {
  const auto month = scanner.take_number(1, 2);
  if (!month || *month < 1 || *month > 12 || !scanner.take('.')) return false;
  const auto week = scanner.take_number(1, 1);
  if (!week || *week < 1 || *week > kLastWeek || !scanner.take('.')) return false;
  const auto weekday = scanner.take_number(1, 1);
  if (!weekday || *weekday > 6) return false;
  date.form = ZoneRules::Date::Form::weekday_of_month;
  date.month = std::chrono::month(*month);
  date.week = *week;
  date.weekday = std::chrono::weekday(*weekday);
  return true;
}

bool take_day_but_29_february(TextScanner& scanner, ZoneRules::Date& date) {
  const auto day = scanner.take_number(1, 3);
  if (!day || *day < 1 || *day > 365) return false;
  date.form = ZoneRules::Date::Form::day_but_29_february;
  date.day = *day - 1;
  return true;
}

bool take_day(TextScanner& scanner, ZoneRules::Date& date) {
  const auto day = scanner.take_number(1, 3);
  if (!day || *day > 365) return false;
  date.form = ZoneRules::Date::Form::day;
  date.day = *day;
  return true;
}

bool take_date_alone(TextScanner& scanner, ZoneRules::Date& date) {
  if (scanner.take('M')) return take_weekday_of_month(scanner, date);
  if (scanner.take('J')) return take_day_but_29_february(scanner, date);
  return take_day(scanner, date);
}

std::optional<ZoneRules::Date> take_date(TextScanner& scanner) {
  ZoneRules::Date date;
  if (!scanner.take(',') || !take_date_alone(scanner, date)) return std::nullopt;
  if (!scanner.take('/')) return date;
  const auto time = take_time(scanner);
  if (!time) return std::nullopt;
  date.time = *time;
  return date;
}

local_days weekday_in(year of, const ZoneRules::Date& date) {
  if (date.week == kLastWeek) return local_days(of / date.month / date.weekday[std::chrono::last]);
  return local_days(of / date.month / date.weekday[date.week]);
}

local_days day_in(year of, const ZoneRules::Date& date) {
  constexpr unsigned kDaysBeforeMarch = 59;
  const bool behind_29_february = date.form == ZoneRules::Date::Form::day_but_29_february &&
                                  of.is_leap() && date.day >= kDaysBeforeMarch;
  return local_days(of / 1 / 1) + days(date.day + (behind_29_february ? 1 : 0));
}

}  // namespace

std::chrono::local_seconds ZoneRules::Date::in(year of) const {
  return (form == Form::weekday_of_month ? weekday_in(of, *this) : day_in(of, *this)) + time;
}

std::optional<ZoneRules> ZoneRules::parse(std::string_view text) {
  ZoneRules rules;
  if (text.empty()) return rules;
  TextScanner scanner(text);
  const auto standard = take_clock(scanner, std::nullopt);
  if (!standard) return std::nullopt;
  if (scanner.at_end()) return rules;
  const auto summer = take_clock(scanner, standard->offset + hours(1));
  if (!summer) return std::nullopt;
  const auto begin = take_date(scanner);
  const auto end = take_date(scanner);
  if (!begin || !end || !scanner.at_end()) return std::nullopt;
  rules.yearly_ = {{*standard, *summer, *begin}, {*summer, *standard, *end}};
  return rules;
}

std::vector<ZoneRules::Change> ZoneRules::changes_in(year of) const {
  std::vector<Change> changes;
  for (const Yearly& yearly : yearly_) {
    const Instant at(yearly.date.in(of).time_since_epoch() - yearly.from.offset);
    changes.push_back({at, yearly.to.offset, yearly.to.abbreviation});
  }
  std::stable_sort(changes.begin(), changes.end(),
                   [](const Change& one, const Change& other) { return one.at < other.at; });
  return changes;
}

}  // namespace payferry
