#include "model/time_format.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "model/blanks.hpp"
#include "model/letters.hpp"
#include "model/text_scanner.hpp"

namespace payferry {

namespace {

using std::chrono::seconds;

constexpr std::string_view kPlainFields = "YymdHIMSfpbajzZs";

/// Directives that stand for others.
constexpr std::string_view expansion_of(char directive) {
  switch (directive) {
    case 'F':
      return "%Y-%m-%d";
    case 'T':
      return "%H:%M:%S";
    case 'R':
      return "%H:%M";
    case 'D':
      return "%m/%d/%y";
    case 'B':
    case 'h':
      return "%b";
    case 'A':
      return "%a";
    case 'e':
      return " %d";
    case 'n':
    case 't':
      return " ";
    default:
      return {};
  }
}

constexpr std::array<std::string_view, 12> kMonths{"January",   "February", "March",    "April",
                                                   "May",       "June",     "July",     "August",
                                                   "September", "October",  "November", "December"};
constexpr std::array<std::string_view, 7> kWeekdays{"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                    "Friday", "Saturday", "Sunday"};

/// Takes a name, whole or its first three letters; gives its place from 1, 0 where there is none.
template <std::size_t kCount>
unsigned take_name(TextScanner& scanner, const std::array<std::string_view, kCount>& names) {
  for (std::size_t at = 0; at < names.size(); ++at) {
    if (scanner.take_ignoring_case(names[at]) ||
        scanner.take_ignoring_case(names[at].substr(0, 3))) {
      return static_cast<unsigned>(at + 1);
    }
  }
  return 0;
}

/// What was read so far. A field that the format does not have keeps its default.
class Fields {
 public:
  bool take(char field, TextScanner& scanner) {
    switch (field) {
      case 'Y':
        return take_number(scanner, 4, 4, year_);
      case 'y':
        return take_short_year(scanner);
      case 'm':
        return take_number(scanner, 1, 2, month_);
      case 'd':
        return take_number(scanner, 1, 2, day_);
      case 'j':
        return take_number(scanner, 1, 3, day_of_year_);
      case 'H':
        return take_number(scanner, 1, 2, time_.hour);
      case 'I':
        return take_number(scanner, 1, 2, hour_of_half_) && hour_of_half_ >= 1 &&
               hour_of_half_ <= 12;
      case 'M':
        return take_number(scanner, 1, 2, time_.minute);
      case 'S':
        return take_number(scanner, 1, 2, time_.second);
      case 'f':
        return take_fraction(scanner);
      case 'p':
        return take_half(scanner);
      case 'b':
        return (month_ = take_name(scanner, kMonths)) != 0;
      case 'a':
        return take_name(scanner, kWeekdays) != 0;
      case 'z':
        return (written_.utc_offset = take_utc_offset(scanner)).has_value();
      case 'Z':
        return take_abbreviation(scanner);
      case 's':
        return take_epoch(scanner);
      default:
        return false;
    }
  }

  std::optional<TimeFormat::Written> finish() {
    if (from_epoch_) return written_;
    const auto day = make_day();
    if (hour_of_half_ != 0) time_.hour = hour_of_half_ % 12 + (afternoon_ ? 12 : 0);
    const auto time = time_.since_midnight();
    if (!day || !time) return std::nullopt;
    written_.wall = *day + *time;
    return written_;
  }

 private:
  static bool take_number(TextScanner& scanner, std::size_t fewest, std::size_t most,
                          unsigned& value) {
    const auto number = scanner.take_number(fewest, most);
    if (number) value = *number;
    return number.has_value();
  }

  /// POSIX: 69 to 99 are of the last century.
  bool take_short_year(TextScanner& scanner) {
    if (!take_number(scanner, 2, 2, year_)) return false;
    year_ += year_ >= 69 ? 1900 : 2000;
    return true;
  }

  bool take_fraction(TextScanner& scanner) {
    const auto fraction = scanner.take_fraction();
    if (fraction) time_.fraction = *fraction;
    return fraction.has_value();
  }

  bool take_half(TextScanner& scanner) {
    afternoon_ = scanner.take_ignoring_case("PM") || scanner.take_ignoring_case("p.m.");
    return afternoon_ || scanner.take_ignoring_case("AM") || scanner.take_ignoring_case("a.m.");
  }

  bool take_abbreviation(TextScanner& scanner) {
    const std::string_view text = scanner.rest();
    std::size_t letters = 0;
    while (letters < text.size() && is_letter(text[letters])) ++letters;
    const std::string_view name = text.substr(0, letters);
    scanner.take(name);
    if (name == "UTC" || name == "GMT" || name == "Z") {
      written_.utc_offset = seconds(0);
    } else {
      written_.zone_abbreviation = name;
    }
    return !name.empty();
  }

  bool take_epoch(TextScanner& scanner) {
    const bool before = scanner.take('-');
    const auto high = scanner.take_number(1, 9);
    if (!high) return false;
    std::int64_t count = *high;
    for (int digits = 0; digits < 3 && !scanner.at_end() && is_digit(scanner.rest().front());
         ++digits) {
      count = count * 10 + *scanner.take_number(1, 1);
    }
    written_.wall = WallTime(seconds(before ? -count : count));
    written_.utc_offset = seconds(0);
    from_epoch_ = true;
    return true;
  }

  std::optional<std::chrono::local_days> make_day() const {
    if (day_of_year_ == 0) return payferry::make_day(year_, month_, day_);
    const auto new_year = payferry::make_day(year_, 1, 1);
    if (!new_year) return std::nullopt;
    const bool leap = std::chrono::year(static_cast<int>(year_)).is_leap();
    if (day_of_year_ > (leap ? 366U : 365U)) return std::nullopt;
    return *new_year + std::chrono::days(day_of_year_ - 1);
  }

  TimeFormat::Written written_;
  TimeOfDay time_;
  unsigned year_ = 0;
  unsigned month_ = 0;
  unsigned day_ = 0;
  unsigned day_of_year_ = 0;
  unsigned hour_of_half_ = 0;
  bool afternoon_ = false;
  bool from_epoch_ = false;
};

bool take_literal(TextScanner& scanner, char literal) {
  if (literal != ' ') return scanner.take(literal);
  while (const std::size_t blank = leading_blank(scanner.rest()))
    scanner.take(scanner.rest().substr(0, blank));
  return true;
}

std::string quoted(std::string_view format) {
  return '"' + std::string(format) + '"';
}

/// Why a format with these fields cannot tell a moment; empty where it can.
std::string refuse_fields(std::string_view fields) {
  const auto has = [fields](char field) { return fields.find(field) != std::string_view::npos; };
  if (has('s')) return {};
  const bool month_and_day = (has('m') || has('b')) && has('d');
  if (!(has('Y') || has('y')) || !(month_and_day || has('j'))) {
    return "does not name a day: it needs a year (%Y), a month (%m) and a day (%d)";
  }
  if (has('I') != has('p'))
    return "needs both %I and %p for hours of half a day, or %H for hours from 0 to 23";
  if (has('H') && has('I')) return "has both %H and %I: use one of them";
  return {};
}

}  // namespace

tl::expected<TimeFormat, std::string> TimeFormat::compile(std::string_view format) {
  TimeFormat compiled;
  std::string fields;
  std::string rest(format);
  while (!rest.empty()) {
    Step step;
    if (rest.front() != '%') {
      step.literal = is_ascii_blank(rest.front()) ? ' ' : rest.front();
      rest.erase(0, 1);
    } else {
      const std::size_t letter_at = rest.starts_with("%Ez") ? 2 : 1;
      const char letter = letter_at < rest.size() ? rest[letter_at] : '\0';
      const std::string_view expansion = expansion_of(letter);
      const std::string directive = rest.substr(0, letter_at + 1);
      rest.replace(0, directive.size(), expansion);
      if (!expansion.empty()) continue;
      if (letter == '%') {
        step.literal = '%';
      } else if (letter != '\0' && kPlainFields.find(letter) != std::string_view::npos) {
        step.field = letter;
        fields += letter;
      } else {
        return tl::unexpected(
            quoted(format) + " has " + quoted(directive) +
            ", which is none of the fields of a time: use %Y %m %d %H %M %S %b %p %z or the like");
      }
    }
    compiled.steps_.push_back(step);
  }
  if (const std::string refusal = refuse_fields(fields); !refusal.empty()) {
    return tl::unexpected(quoted(format) + ' ' + refusal);
  }
  return compiled;
}

std::optional<TimeFormat::Written> TimeFormat::parse(std::string_view text) const {
  TextScanner scanner(text);
  Fields fields;
  for (const Step& step : steps_) {
    const bool taken =
        step.field != 0 ? fields.take(step.field, scanner) : take_literal(scanner, step.literal);
    if (!taken) return std::nullopt;
  }
  if (!scanner.at_end()) return std::nullopt;
  return fields.finish();
}

bool TimeFormat::has_time_of_day() const {
  constexpr std::string_view kTimeFields = "HIMSfs";
  return std::any_of(steps_.begin(), steps_.end(), [&](const Step& step) {
    return step.field != 0 && kTimeFields.find(step.field) != std::string_view::npos;
  });
}

}  // namespace payferry
