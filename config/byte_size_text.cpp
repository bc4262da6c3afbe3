#include "config/byte_size_text.hpp"

#include <array>
#include <charconv>

namespace payferry {

namespace {

struct Unit {
  std::string_view name;
  std::uint64_t bytes;
};

constexpr std::array<Unit, 4> kUnits{
    {{"GiB", 1024 * 1024 * 1024}, {"MiB", 1024 * 1024}, {"KiB", 1024}, {"B", 1}}};

std::optional<std::uint64_t> unit_bytes(std::string_view name) {
  if (name.empty()) return 1;
  for (const Unit& unit : kUnits) {
    if (unit.name == name) return unit.bytes;
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::uint64_t> parse_byte_size(std::string_view text) {
  std::uint32_t count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (error != std::errc()) return std::nullopt;
  const auto unit = unit_bytes(text.substr(static_cast<std::size_t>(end - text.data())));
  if (!unit) return std::nullopt;
  return count * *unit;
}

std::string to_byte_size_text(std::uint64_t bytes) {
  if (bytes == 0) return "0B";
  for (const Unit& unit : kUnits) {
    if (bytes % unit.bytes == 0) return std::to_string(bytes / unit.bytes) + std::string(unit.name);
  }
  return {};
}

}  // namespace payferry
