#include "config/value_guess.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <set>
#include <utility>
#include <vector>

#include "model/decimal_text.hpp"
#include "model/digits.hpp"
#include "model/email.hpp"
#include "model/time_format.hpp"
#include "model/wall_time.hpp"

namespace payferry {

namespace {

using Values = std::span<const std::string>;

bool all(Values values, const std::function<bool(const std::string&)>& holds) {
  return !values.empty() && std::all_of(values.begin(), values.end(), holds);
}

using Test = std::function<bool(const std::string&)>;

std::size_t count(Values values, const Test& holds) {
  return static_cast<std::size_t>(std::count_if(values.begin(), values.end(), holds));
}

/// A file of many rows has a few bad ones, and is what it is all the same.
bool are_nearly_all(Values values, std::size_t number) {
  return number > 0 && values.size() - number <= values.size() / 10;
}

bool nearly_all(Values values, const Test& holds) {
  return are_nearly_all(values, count(values, holds));
}

/// Days of the usual orders; the two that can be taken for each other stand side by side.
constexpr std::array<std::string_view, 12> kDays{"%Y-%m-%d",  "%d.%m.%Y", "%d.%m.%y", "%d/%m/%Y",
                                                 "%m/%d/%Y",  "%d-%m-%Y", "%Y/%m/%d", "%d %b %Y",
                                                 "%b %d, %Y", "%d-%b-%Y", "%d/%m/%y", "%m/%d/%y"};
constexpr std::array<std::string_view, 9> kTimes{
    "",           " %H:%M:%S", " %H:%M",       " %I:%M:%S %p", " %I:%M %p",
    ", %H:%M:%S", ", %H:%M",   " %H:%M:%S %z", " %H:%M %z"};

struct Pattern {
  std::string text;
  TimeFormat format;
};

using PatternsOfADay = std::vector<Pattern>;

PatternsOfADay patterns_of(std::string_view day) {
  PatternsOfADay patterns;
  for (const std::string_view time : kTimes) {
    std::string text = std::string(day) + std::string(time);
    if (auto format = TimeFormat::compile(text))
      patterns.push_back({std::move(text), *std::move(format)});
  }
  return patterns;
}

/// Compiled once, for files of many columns.
const std::vector<PatternsOfADay>& usual_patterns() {
  static const std::vector<PatternsOfADay> patterns = [] {
    std::vector<PatternsOfADay> made;
    for (const std::string_view day : kDays) made.push_back(patterns_of(day));
    return made;
  }();
  return patterns;
}

std::size_t count_read(Values values, const TimeFormat& format) {
  return count(values, [&](const std::string& value) { return format.parse(value).has_value(); });
}

std::size_t count_read(Values values, const std::string& pattern) {
  const auto format = TimeFormat::compile(pattern);
  return format ? count_read(values, *format) : 0;
}

/// The pattern with day and month changed over; the same where they cannot be.
std::string other_order(std::string pattern) {
  for (const auto& [day_first, month_first] :
       {std::pair<std::string_view, std::string_view>{"%d/%m/", "%m/%d/"}}) {
    if (pattern.starts_with(day_first)) return pattern.replace(0, day_first.size(), month_first);
    if (pattern.starts_with(month_first)) return pattern.replace(0, month_first.size(), day_first);
  }
  return pattern;
}

/// The first of those that read the most values.
std::optional<DateGuess> guess_pattern(Values values, bool day_first) {
  std::string best;
  std::size_t most = 0;
  for (const PatternsOfADay& day : usual_patterns()) {
    for (const Pattern& pattern : day) {
      const std::size_t read = count_read(values, pattern.format);
      if (read <= most) continue;
      most = read;
      best = pattern.text;
    }
    if (most == values.size()) break;
  }
  if (!are_nearly_all(values, most)) return std::nullopt;
  const std::string other = other_order(best);
  const bool ambiguous = other != best && count_read(values, other) == most;
  const bool take_other = ambiguous && best.starts_with("%d") != day_first;
  return DateGuess{take_other ? other : best, ambiguous, best.ends_with("%z")};
}

std::optional<DateGuess> guess_iso8601(Values values) {
  bool all_with_offset = true;
  const bool read = nearly_all(values, [&](const std::string& value) {
    const auto written = parse_iso8601_written(value);
    all_with_offset = all_with_offset && (!written || written->utc_offset);
    return written.has_value();
  });
  if (!read) return std::nullopt;
  return DateGuess{"iso8601", false, all_with_offset};
}

std::optional<DateGuess> guess_epoch(Values values) {
  for (const auto& [digits, name] :
       {std::pair<std::size_t, std::string>{10, "unix"}, {13, "unix_ms"}}) {
    const std::size_t size = digits;
    if (nearly_all(values, [&](const std::string& value) {
          return value.size() == size && all_digits(value);
        })) {
      return DateGuess{name, false, true};
    }
  }
  return std::nullopt;
}

struct CurrencySign {
  std::string_view sign;
  std::string_view code;
};

/// Only signs that mean one currency nearly everywhere; "$" is taken for USD, the likeliest.
constexpr std::array<CurrencySign, 4> kSigns{
    {{"€", "EUR"}, {"£", "GBP"}, {"₹", "INR"}, {"$", "USD"}}};

std::optional<Currency> currency_in(const std::string& value) {
  std::string letters;
  for (const char letter : value) {
    if ((letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z')) letters += letter;
  }
  if (letters.size() == 3) return Currency::parse(letters);
  if (!letters.empty()) return std::nullopt;
  for (const CurrencySign& known : kSigns) {
    if (value.find(known.sign) != std::string::npos) return Currency::parse(known.code);
  }
  return std::nullopt;
}

bool holds(Values values, char letter) {
  return std::any_of(values.begin(), values.end(), [&](const std::string& value) {
    return value.find(letter) != std::string::npos;
  });
}

}  // namespace

std::optional<DateGuess> guess_date(Values values, bool day_first) {
  if (auto epoch = guess_epoch(values)) return epoch;
  if (auto pattern = guess_pattern(values, day_first)) return pattern;
  return guess_iso8601(values);
}

std::optional<AmountGuess> guess_amount(Values values, bool comma_likely) {
  const auto read_with = [&](char mark) {
    return count(values, [mark](const std::string& value) {
      return parse_decimal_text(value, mark).has_value();
    });
  };
  const std::size_t with_point = read_with('.');
  const std::size_t with_comma = read_with(',');
  if (!are_nearly_all(values, std::max(with_point, with_comma))) return std::nullopt;
  const bool ambiguous = with_point == with_comma && (holds(values, ',') || holds(values, '.'));
  const bool comma = with_comma > with_point || (ambiguous && comma_likely);
  return AmountGuess{comma ? ',' : '.', ambiguous};
}

std::optional<Currency> guess_currency_of_amounts(Values values) {
  if (values.empty()) return std::nullopt;
  const std::optional<Currency> first = currency_in(values.front());
  const bool same =
      all(values, [&](const std::string& value) { return currency_in(value) == first; });
  return same ? first : std::nullopt;
}

bool are_whole_numbers(Values values) {
  return all(values, [](const std::string& value) {
    return all_digits(std::string_view(value).substr(value.starts_with('-') ? 1 : 0));
  });
}

bool are_whole_amounts(Values values, char decimal_mark) {
  return all(values, [decimal_mark](const std::string& value) {
    const auto amount = parse_decimal_text(value, decimal_mark);
    return amount && amount->scale() == 0 && !currency_in(value);
  });
}

bool are_currency_codes(Values values) {
  return nearly_all(values, [](const std::string& value) {
    return value.size() == 3 && Currency::parse(value).has_value();
  });
}

bool are_emails(Values values) {
  return nearly_all(values, [](const std::string& value) { return is_email(value); });
}

std::size_t count_distinct(Values values) {
  return std::set<std::string_view>(values.begin(), values.end()).size();
}

bool are_unique(Values values) {
  return count_distinct(values) == values.size();
}

}  // namespace payferry
