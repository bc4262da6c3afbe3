#include "config/value_form.hpp"

#include <charconv>
#include <sstream>

#include "config/byte_size_text.hpp"
#include "config/duration_text.hpp"
#include "config/secret_text.hpp"

namespace payferry {

using Kind = ConfigValue::Kind;

namespace {

bool is_scalar(const ConfigValue& value) {
  return value.kind != Kind::table && value.kind != Kind::array;
}

std::string shown_number(double number) {
  std::ostringstream text;
  text << number;
  return text.str();
}

std::optional<double> parse_percent(std::string_view text) {
  if (!text.ends_with('%')) return std::nullopt;
  text.remove_suffix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  if (!whole || !(value >= 0 && value < 100)) return std::nullopt;
  return value;
}

std::optional<std::uint64_t> byte_count(const ConfigValue& value) {
  if (value.kind == Kind::string) return parse_byte_size(value.text);
  if (value.kind != Kind::integer || value.integer < 0) return std::nullopt;
  return static_cast<std::uint64_t>(value.integer);
}

}  // namespace

std::optional<std::string> text_of(const ConfigValue& value) {
  if (value.kind == Kind::string) return value.text;
  if (value.is_override && is_scalar(value)) return value.text;
  return std::nullopt;
}

std::string shown(const ConfigValue& value) {
  switch (value.kind) {
    case Kind::string:
      return shown_text(value.text);
    case Kind::integer:
      return std::to_string(value.integer);
    case Kind::number:
      return shown_number(value.number);
    case Kind::boolean:
      return value.boolean ? "true" : "false";
    case Kind::moment:
      return "a date or time without quotes";
    case Kind::array:
      return "a list";
    case Kind::table:
      return "a table";
  }
  return {};
}

ValueForm<std::string> any_text() {
  return {"a text in quotes", text_of};
}

ValueForm<std::string> non_empty_text(std::string_view what) {
  return text_where(std::string(what), [](std::string_view text) { return !text.empty(); });
}

ValueForm<bool> true_or_false() {
  return {"true or false", [](const ConfigValue& value) -> std::optional<bool> {
            if (value.kind != Kind::boolean) return std::nullopt;
            return value.boolean;
          }};
}

ValueForm<std::string> text_where(std::string expected,
                                  std::function<bool(std::string_view)> accepts) {
  return {std::move(expected), [accepts = std::move(accepts)](const ConfigValue& value) {
            std::optional<std::string> text = text_of(value);
            if (text && !accepts(*text)) text.reset();
            return text;
          }};
}

ValueForm<std::chrono::milliseconds> duration_of_at_least(std::chrono::milliseconds least) {
  std::string expected = "a duration such as \"500ms\", \"10s\", \"2m\" or \"1h\"";
  if (least.count() > 0) expected += " of at least \"" + to_duration_text(least) + '"';
  return {std::move(expected),
          [least](const ConfigValue& value) -> std::optional<std::chrono::milliseconds> {
            const std::optional<std::string> text = text_of(value);
            const auto duration = text ? parse_duration(*text) : std::nullopt;
            return duration && *duration >= least ? duration : std::nullopt;
          }};
}

ValueForm<std::size_t> byte_size(std::size_t least, std::size_t most) {
  const std::string range = to_byte_size_text(least) + " to " + to_byte_size_text(most);
  return {"a size such as \"1MiB\", \"512KiB\" or 65536 (" + range + ")",
          [least, most](const ConfigValue& value) -> std::optional<std::size_t> {
            const std::optional<std::uint64_t> bytes = byte_count(value);
            if (!bytes || *bytes < least || *bytes > most) return std::nullopt;
            return static_cast<std::size_t>(*bytes);
          }};
}

ValueForm<double> percent() {
  return {"a percentage from \"0%\" to below \"100%\", such as \"10%\"",
          [](const ConfigValue& value) -> std::optional<double> {
            const std::optional<std::string> text = text_of(value);
            return text ? parse_percent(*text) : std::nullopt;
          }};
}

ValueForm<std::int64_t> whole_number(std::int64_t least, std::int64_t most) {
  return {"a whole number from " + std::to_string(least) + " to " + std::to_string(most),
          [least, most](const ConfigValue& value) -> std::optional<std::int64_t> {
            const bool fits =
                value.kind == Kind::integer && value.integer >= least && value.integer <= most;
            return fits ? std::optional(value.integer) : std::nullopt;
          }};
}

std::string alternatives(const std::vector<std::string_view>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i != 0) text += i + 1 == names.size() ? " or " : ", ";
    text += '"' + std::string(names[i]) + '"';
  }
  return text;
}

}  // namespace payferry
