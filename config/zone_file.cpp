#include "config/zone_file.hpp"

#include <fstream>
#include <iterator>
#include <optional>

namespace payferry {

namespace {

// Where the date library looks too.
constexpr std::string_view kFolder = "/usr/share/zoneinfo/";

std::optional<std::string> read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (bytes.empty()) return std::nullopt;
  return bytes;
}

}  // namespace

std::string_view rules_in_zone_file(std::string_view bytes) {
  constexpr std::size_t kVersionAt = 4;
  const bool has_rules = bytes.size() > kVersionAt && bytes.starts_with("TZif") &&
                         bytes[kVersionAt] >= '2' && bytes.ends_with('\n');
  if (!has_rules) return {};
  bytes.remove_suffix(1);
  return bytes.substr(bytes.rfind('\n') + 1);
}

tl::expected<ZoneRules, std::string> read_zone_rules(const std::string& name) {
  const std::string path = std::string(kFolder) + name;
  const auto bytes = read(path);
  if (!bytes) {
    return tl::unexpected("cannot be looked up: " + path + " cannot be read; install tzdata anew");
  }
  auto rules = ZoneRules::parse(rules_in_zone_file(*bytes));
  if (!rules) {
    return tl::unexpected("cannot be looked up: " + path +
                          " has rules that are not understood; install tzdata anew");
  }
  return std::move(*rules);
}

}  // namespace payferry
