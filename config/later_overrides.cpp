#include "config/later_overrides.hpp"

#include <string_view>

#include "config/sections.hpp"

namespace payferry {

namespace {

/// The one that the KEY=VALUE names, as a whole or in part; empty for none.
std::string_view token_source_of(std::string_view override) {
  constexpr std::string_view kSection = "hubspot.";
  if (!override.starts_with(kSection)) return {};
  const std::string_view key = override.substr(kSection.size());
  for (const std::string_view source : kTokenSources) {
    if (!key.starts_with(source)) continue;
    const std::string_view rest = key.substr(source.size());
    if (rest.starts_with('=') || rest.starts_with('.')) return source;
  }
  return {};
}

}  // namespace

void add_later_overrides(ConfigSource& config, const std::vector<std::string>& overrides) {
  for (const std::string& override : overrides) {
    const std::string_view source = token_source_of(override);
    if (source.empty()) continue;
    std::erase_if(config.overrides, [&](const std::string& before) {
      const std::string_view other = token_source_of(before);
      return !other.empty() && other != source;
    });
  }
  config.overrides.insert(config.overrides.end(), overrides.begin(), overrides.end());
}

}  // namespace payferry
