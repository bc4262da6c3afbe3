#include "config/datetime_format.hpp"

#include <array>
#include <utility>

#include "config/secret_text.hpp"
#include "model/nearest_name.hpp"
#include "model/time_format.hpp"

namespace payferry {

namespace {

constexpr std::array<std::string_view, 3> kNamedFormats{"iso8601", "unix", "unix_ms"};

/// The patterns of spreadsheets and Java, which people bring along.
constexpr std::array<std::pair<std::string_view, std::string_view>, 13> kForeignFields{
    {{"YYYY", "%Y"},
     {"yyyy", "%Y"},
     {"YY", "%y"},
     {"yy", "%y"},
     {"MMM", "%b"},
     {"MM", "%m"},
     {"DD", "%d"},
     {"dd", "%d"},
     {"HH", "%H"},
     {"hh", "%I"},
     {"mm", "%M"},
     {"ss", "%S"},
     {"SS", "%S"}}};

/// "dd.MM.yyyy HH:mm" → "%d.%m.%Y %H:%M"; empty where nothing in it is known.
std::string translate(std::string_view foreign) {
  std::string result;
  bool known = false;
  while (!foreign.empty()) {
    std::size_t taken = 0;
    for (const auto& [field, conversion] : kForeignFields) {
      if (taken == 0 && foreign.starts_with(field)) {
        result += conversion;
        taken = field.size();
      }
    }
    known = known || taken != 0;
    if (taken == 0) result += foreign.front();
    foreign.remove_prefix(taken == 0 ? 1 : taken);
  }
  return known ? result : std::string();
}

std::string refuse_without_fields(std::string_view format) {
  std::string message = shown_text(format) + " is not a date format";
  if (const auto nearest = nearest_name(format, kNamedFormats)) {
    return message + "; did you mean \"" + std::string(*nearest) + "\"?";
  }
  const std::string translated = translate(format);
  if (!translated.empty()) return message + "; in strptime's letters it is \"" + translated + '"';
  return message +
         ": write \"iso8601\", \"unix\", \"unix_ms\" or a pattern such as \"%Y-%m-%d %H:%M:%S\"";
}

}  // namespace

bool is_named_format(std::string_view format) {
  for (const std::string_view name : kNamedFormats) {
    if (name == format) return true;
  }
  return false;
}

std::optional<std::string> refuse_datetime_format(std::string_view format) {
  if (is_named_format(format)) return std::nullopt;
  if (format.find('%') == std::string_view::npos) return refuse_without_fields(format);
  const tl::expected<TimeFormat, std::string> compiled = TimeFormat::compile(format);
  return compiled ? std::nullopt : std::optional(compiled.error());
}

}  // namespace payferry
