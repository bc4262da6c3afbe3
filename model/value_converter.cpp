#include "model/value_converter.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "model/decimal_text.hpp"
#include "model/digits.hpp"
#include "model/email.hpp"
#include "model/json_number.hpp"
#include "model/shown_value.hpp"
#include "model/text_scanner.hpp"
#include "model/time_reader.hpp"

namespace payferry {

namespace {

class DecimalConverter : public ValueConverter {
 public:
  explicit DecimalConverter(char decimal_mark) : decimal_mark_(decimal_mark) {}

  Conversion convert(std::string_view text, Currency currency, std::string& out) const override {
    if (const auto number = number_in_own_form(text)) {
      out += text;
      return Conversion(*number);
    }
    const auto decimal = parse_decimal_text(text, decimal_mark_, currency);
    if (!decimal) return Conversion(problem(text, decimal.error()));
    decimal->append_to(out);
    return Conversion(*decimal);
  }

  std::optional<Conversion> convert_number(std::string_view text, Currency,
                                           std::string& out) const override {
    const auto number = parse_number_with_exponent(text);
    if (!number) return Conversion(problem(text, number.error()));
    number->append_to(out);
    return Conversion(*number);
  }

 private:
  /// Of a text that is just what Decimal would write, as nearly all are: no zeros or point that
  /// say nothing.
  std::optional<Decimal> number_in_own_form(std::string_view text) const {
    const bool begins_well = (text[0] >= '1' && text[0] <= '9') || text.starts_with("0.");
    if (decimal_mark_ != '.' || !begins_well || !is_digit(text.back())) return std::nullopt;
    return Decimal::parse(text);
  }

  ValueProblem problem(std::string_view text, DecimalProblem why) const {
    std::string message = shown_value(text);
    switch (why) {
      case DecimalProblem::not_a_number:
        message += " is not a decimal number; write it like 1234";
        message += decimal_mark_;
        message += "50";
        break;
      case DecimalProblem::wrong_grouping:
        message +=
            " is not a decimal number: its separators do not group thousands; correct it, or set "
            "decimal = \"";
        message += decimal_mark_ == '.' ? ',' : '.';
        message += "\" if that is the column's decimal mark";
        break;
      case DecimalProblem::too_many_digits:
        message +=
            " has more digits than can be added up exactly; use at most 15 before the decimal mark "
            "and 17 "
            "behind it";
        break;
      case DecimalProblem::other_currency:
        message += " is in another currency than the record; correct one of them";
        break;
    }
    return {"INVALID_DECIMAL", std::move(message)};
  }

  char decimal_mark_;
};

class MinorUnitsConverter : public ValueConverter {
 public:
  Conversion convert(std::string_view text, Currency currency, std::string& out) const override {
    const auto count = parse_decimal_text(text, '.', currency);
    if (!count || count->scale() != 0) {
      return Conversion(ValueProblem{
          "INVALID_MINOR_UNITS",
          shown_value(text) + " is not a whole number of minor units, such as "
                              "123450; use type = \"decimal\" for amounts with a decimal mark"});
    }
    return amount_of(*count, currency, out);
  }

  std::optional<Conversion> convert_number(std::string_view text, Currency currency,
                                           std::string& out) const override {
    const auto number = parse_number_with_exponent(text);
    if (!number || number->scale() != 0) return std::nullopt;
    return amount_of(*number, currency, out);
  }

 private:
  static Conversion amount_of(const Decimal& count, Currency currency, std::string& out) {
    const auto exponent = currency.exponent();
    if (!exponent) return Conversion(unknown_currency(currency));
    const Decimal amount(count.coefficient(), *exponent);
    amount.append_to(out);
    return Conversion(amount);
  }

  static ValueProblem unknown_currency(Currency currency) {
    const std::string what =
        currency.is_known()
            ? "the record's currency \"" + std::string(currency.code()) + "\" is not in ISO 4217"
            : std::string("the record names no currency of ISO 4217");
    return {"UNKNOWN_CURRENCY",
            what +
                ", so that the decimals of its minor unit are not known; correct the currency, "
                "or use type = \"decimal\""};
  }
};

class DatetimeConverter : public ValueConverter {
 public:
  explicit DatetimeConverter(TimeReader reader) : reader_(std::move(reader)) {}

  Conversion convert(std::string_view text, Currency, std::string& out) const override {
    const auto reading = reader_.read(text);
    if (reading && !reading->utc_offset) return Conversion(skipped(text));
    const auto instant = reading ? to_instant(reading->wall, *reading->utc_offset) : std::nullopt;
    if (!instant) return Conversion(malformed(text));
    if (reader_.lacks_only_milliseconds(text)) {
      out.append(text, 0, text.size() - 1);
      out += ".000Z";
    } else {
      append_iso8601(out, *instant);
    }
    return {};
  }

 private:
  ValueProblem malformed(std::string_view text) const {
    return {"INVALID_DATETIME", shown_value(text) + " is not a date and time " +
                                    reader_.expected_form() +
                                    "; correct it, or the property's format"};
  }

  static ValueProblem skipped(std::string_view text) {
    return {"INVALID_DATETIME", shown_value(text) +
                                    " is a time that its time zone's clocks skipped; correct it, "
                                    "or the property's timezone"};
  }

  TimeReader reader_;
};

/// The day that the calendar showed where the time was written.
class DateConverter : public ValueConverter {
 public:
  explicit DateConverter(TimeReader reader) : reader_(std::move(reader)) {}

  Conversion convert(std::string_view text, Currency, std::string& out) const override {
    const auto reading = reader_.read(text);
    if (!reading || !to_instant(reading->wall, std::chrono::seconds(0))) {
      return Conversion(malformed(text));
    }
    const auto day = std::chrono::floor<std::chrono::days>(reading->wall);
    if (!reading->utc_offset && !reader_.has_day(day)) return Conversion(skipped(text));
    append_iso8601_day(out, day);
    return {};
  }

 private:
  ValueProblem malformed(std::string_view text) const {
    return {"INVALID_DATE", shown_value(text) + " is not a date " + reader_.expected_form() +
                                "; correct it, or the property's format"};
  }

  static ValueProblem skipped(std::string_view text) {
    return {"INVALID_DATE", shown_value(text) +
                                " is a day that its time zone's clocks skipped; correct it, or "
                                "the property's timezone"};
  }

  TimeReader reader_;
};

class BooleanConverter : public ValueConverter {
 public:
  Conversion convert(std::string_view text, Currency, std::string& out) const override {
    if (is_one_of(text, kTrue)) {
      out += "true";
    } else if (is_one_of(text, kFalse)) {
      out += "false";
    } else {
      return Conversion(ValueProblem{"INVALID_BOOLEAN",
                                     shown_value(text) +
                                         " is neither true nor false; write true or false, yes "
                                         "or no, y or n, t or f, 1 or 0"});
    }
    return {};
  }

 private:
  using Words = std::array<std::string_view, 5>;
  static constexpr Words kTrue{"true", "yes", "1", "y", "t"};
  static constexpr Words kFalse{"false", "no", "0", "n", "f"};

  static bool is_one_of(std::string_view text, const Words& words) {
    return std::any_of(words.begin(), words.end(), [text](std::string_view word) {
      return word.size() == text.size() && TextScanner(text).take_ignoring_case(word);
    });
  }
};

class EmailConverter : public ValueConverter {
 public:
  Conversion convert(std::string_view text, Currency, std::string& out) const override {
    if (!is_email(text)) {
      return Conversion(ValueProblem{
          "INVALID_EMAIL",
          shown_value(text) + " is not an e-mail address; correct it, or leave the cell empty"});
    }
    out += text;
    return {};
  }
};

class MapConverter : public ValueConverter {
 public:
  explicit MapConverter(const std::map<std::string, std::string>& map) {
    for (const auto& [text, value] : map) {
      if (text == "*") {
        rest_ = value;
      } else {
        values_.emplace_back(text, value);
      }
    }
  }

  Conversion convert(std::string_view text, Currency, std::string& out) const override {
    const auto found = std::lower_bound(
        values_.begin(), values_.end(), text,
        [](const auto& entry, std::string_view sought) { return entry.first < sought; });
    if (found != values_.end() && found->first == text) {
      out += found->second;
    } else if (rest_) {
      out += *rest_;
    } else {
      return Conversion(ValueProblem{
          "INVALID_ENUM", shown_value(text) + " is not in the property's map (" + known_texts() +
                              "); correct it, or add it to the map, or \"*\" for all the rest"});
    }
    return {};
  }

 private:
  std::string known_texts() const {
    constexpr std::size_t kMost = 5;
    std::string texts;
    for (std::size_t at = 0; at < std::min(kMost, values_.size()); ++at) {
      texts += (at == 0 ? "" : ", ") + shown_value(values_[at].first);
    }
    return texts + (values_.size() > kMost ? ", …" : "");
  }

  std::vector<std::pair<std::string, std::string>> values_;  ///< in the order of their texts
  std::optional<std::string> rest_;
};

using Made = tl::expected<std::unique_ptr<const ValueConverter>, std::string>;

template <typename Converter>
Made make_time_converter(const PropertyRule& rule) {
  auto reader = TimeReader::make(rule.format, rule.time_zone);
  if (!reader) return tl::unexpected("format " + reader.error());
  return std::make_unique<const Converter>(std::move(*reader));
}

Made make_text_converter(const PropertyRule& rule) {
  if (!rule.map.empty()) return std::make_unique<const MapConverter>(rule.map);
  if (rule.type == ValueType::string) return nullptr;
  return tl::unexpected(
      std::string("type = \"enum\" needs map = { … }, from the source's words to HubSpot's"));
}

}  // namespace

std::optional<Conversion> ValueConverter::convert_number(std::string_view, Currency,
                                                         std::string&) const {
  return std::nullopt;
}

Made make_value_converter(const PropertyRule& rule) {
  const bool takes_map = rule.type == ValueType::string || rule.type == ValueType::enumeration;
  if (!takes_map && !rule.map.empty()) {
    return tl::unexpected(std::string("map needs type = \"string\" or \"enum\""));
  }
  switch (rule.type) {
    case ValueType::string:
    case ValueType::enumeration:
      return make_text_converter(rule);
    case ValueType::decimal:
      return std::make_unique<const DecimalConverter>(rule.decimal_mark);
    case ValueType::minor_units:
      return std::make_unique<const MinorUnitsConverter>();
    case ValueType::datetime:
      return make_time_converter<DatetimeConverter>(rule);
    case ValueType::date:
      return make_time_converter<DateConverter>(rule);
    case ValueType::boolean:
      return std::make_unique<const BooleanConverter>();
    case ValueType::email:
      return std::make_unique<const EmailConverter>();
  }
  return nullptr;
}

}  // namespace payferry
