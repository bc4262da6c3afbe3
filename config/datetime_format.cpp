#include "config/datetime_format.hpp"

#include <array>
#include <utility>

#include "config/secret_text.hpp"
#include "model/nearest_name.hpp"

namespace payferry {

namespace {

constexpr std::array<std::string_view, 3> kNamedFormats{"iso8601", "unix", "unix_ms"};
constexpr std::string_view kConversions = "YymdHMSIpbBhaAjeTDFRnzZt%sf";

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

/// The conversions of a pattern, as one letter each; a wrong one ends the search and is in `wrong`.
std::string conversions_of(std::string_view format, std::string& wrong) {
  std::string letters;
  for (std::size_t i = 0; i < format.size(); ++i) {
    if (format[i] != '%') continue;
    ++i;
    if (i < format.size() && format[i] == 'E' && i + 1 < format.size() && format[i + 1] == 'z') ++i;
    if (i >= format.size() || kConversions.find(format[i]) == std::string_view::npos) {
      wrong = format.substr(i - 1, 2);
      break;
    }
    letters += format[i];
  }
  return letters;
}

bool has_any(std::string_view letters, std::string_view wanted) {
  return letters.find_first_of(wanted) != std::string_view::npos;
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
  std::string wrong;
  const std::string letters = conversions_of(format, wrong);
  if (!wrong.empty()) {
    return shown_text(format) + " has \"" + wrong +
           "\", which is none of strptime's fields: %Y year, %m month, %d day, %H hour, %M minute, "
           "%S second, "
           "%b month's name, %p AM/PM, %z offset";
  }
  const bool whole_day =
      has_any(letters, "FDs") ||
      (has_any(letters, "Yy") &&
       (has_any(letters, "j") || (has_any(letters, "mbBh") && has_any(letters, "de"))));
  if (!whole_day)
    return shown_text(format) +
           " does not name a day: it needs a year (%Y), a month (%m) and a day (%d)";
  return std::nullopt;
}

}  // namespace payferry
