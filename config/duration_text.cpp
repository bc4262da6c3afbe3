#include "config/duration_text.hpp"

#include <array>
#include <charconv>
#include <cstdint>

namespace payferry {

namespace {

using std::chrono::milliseconds;

struct Unit {
  std::string_view name;
  milliseconds length;
};

/// Longest first; "ms" before "m" would be the same, since a unit is matched whole.
constexpr std::array<Unit, 4> kUnits{{{"h", std::chrono::hours(1)},
                                      {"m", std::chrono::minutes(1)},
                                      {"s", std::chrono::seconds(1)},
                                      {"ms", milliseconds(1)}}};

constexpr milliseconds kLongest = std::chrono::hours(24 * 366);

std::optional<milliseconds> unit_length(std::string_view name) {
  for (const Unit& unit : kUnits) {
    if (unit.name == name) return unit.length;
  }
  return std::nullopt;
}

std::string_view take_letters(std::string_view& text) {
  std::size_t size = 0;
  while (size < text.size() && (text[size] < '0' || text[size] > '9')) ++size;
  const std::string_view letters = text.substr(0, size);
  text.remove_prefix(size);
  return letters;
}

/// One number with its unit, taken off the front.
std::optional<milliseconds> take_part(std::string_view& text) {
  std::uint32_t count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (error != std::errc()) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  const std::optional<milliseconds> unit = unit_length(take_letters(text));
  if (!unit) return std::nullopt;
  return *unit * std::int64_t{count};
}

}  // namespace

std::optional<milliseconds> parse_duration(std::string_view text) {
  if (text.empty()) return std::nullopt;
  milliseconds sum{0};
  while (!text.empty()) {
    const std::optional<milliseconds> part = take_part(text);
    if (!part || *part > kLongest) return std::nullopt;
    sum += *part;
    if (sum > kLongest) return std::nullopt;
  }
  return sum;
}

std::string to_duration_text(milliseconds duration) {
  if (duration == milliseconds::zero()) return "0s";
  for (const Unit& unit : kUnits) {
    if (duration % unit.length == milliseconds::zero()) {
      return std::to_string(duration / unit.length) + std::string(unit.name);
    }
  }
  return {};
}

}  // namespace payferry
