#include "config/time_zone_name.hpp"

#include <date/tz.h>

#include <stdexcept>
#include <vector>

#include "config/secret_text.hpp"
#include "config/zone_file.hpp"
#include "model/nearest_name.hpp"

namespace payferry {

namespace {

std::string_view last_part(std::string_view name) {
  return name.substr(name.rfind('/') + 1);
}

/// By the whole name, else by the city alone: people write "London" or "Europe/Londn".
std::optional<std::string> nearest_zone(std::string_view name) {
  std::vector<std::string> names;
  for (const date::time_zone& zone : date::get_tzdb().zones) names.push_back(zone.name());
  std::vector<std::string_view> cities;
  for (const std::string& zone : names) cities.push_back(last_part(zone));
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (edit_distance(cities[i], last_part(name)) == 0) return names[i];
  }
  const auto nearest = nearest_name(name, names);
  return nearest ? std::optional<std::string>(*nearest) : std::nullopt;
}

tl::unexpected<std::string> refuse_zone(std::string_view name) {
  std::string message = shown_text(name) + " is not a time zone of the IANA database";
  const std::optional<std::string> nearest = nearest_zone(name);
  message +=
      nearest ? "; did you mean \"" + *nearest + "\"?" : ": write a name such as \"Europe/London\"";
  return tl::unexpected(std::move(message));
}

/// Names that lead out of the database's directory or to one of its other files.
bool is_plain_name(std::string_view name) {
  return !name.empty() && name.front() != '/' && name.find("..") == std::string_view::npos &&
         name.find_first_of(std::string_view("\0\\\n", 3)) == std::string_view::npos;
}

/// The date library reads no rules from the file, its table alone.
tl::expected<TimeZone, std::string> read_time_zone(const date::time_zone& zone) {
  auto rules = read_zone_rules(zone.name());
  if (!rules) return tl::unexpected(std::move(rules.error()));
  return TimeZone{&zone, std::move(*rules)};
}

}  // namespace

tl::expected<TimeZone, std::string> find_time_zone(std::string_view name) {
  try {
    if (!is_plain_name(name)) return refuse_zone(name);
    return read_time_zone(*date::locate_zone(name));
  } catch (const std::runtime_error&) {
    // An unknown name, or no database at all: which of them, the list of zones tells.
  }
  try {
    return refuse_zone(name);
  } catch (const std::runtime_error&) {
    return tl::unexpected<std::string>(
        "cannot be looked up: this machine has no time zone database (install tzdata)");
  }
}

}  // namespace payferry
