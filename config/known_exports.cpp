#include "config/known_exports.hpp"

#include <algorithm>

#include "config/load_settings.hpp"
#include "model/mapping.hpp"

namespace payferry {

namespace {

MappingRules rules_of(const KnownExport& known) {
  ConfigSource source;
  source.toml = known.toml;
  const auto settings = load_settings(source);
  return settings ? settings->mapping : MappingRules();
}

bool has(std::span<const std::string> header, const std::string& column) {
  return std::find(header.begin(), header.end(), column) != header.end();
}

/// How many columns of the export the header has; 0 where it cannot be that export.
std::size_t score(const KnownExport& known, std::span<const std::string> header) {
  const MappingRules rules = rules_of(known);
  for (const PropertyRule& rule : rules.properties) {
    const bool mandatory = rule.required || rule.property == "hs_latest_status";
    if (mandatory && rule.from && !has(header, *rule.from)) return 0;
  }
  const std::vector<std::string> columns = Mapping::columns_read(rules);
  const auto found = static_cast<std::size_t>(
      std::count_if(columns.begin(), columns.end(),
                    [&](const std::string& column) { return has(header, column); }));
  return found * 2 > columns.size() ? found : 0;
}

}  // namespace

const KnownExport* recognise_export(std::span<const std::string> header) {
  const KnownExport* best = nullptr;
  std::size_t best_score = 0;
  for (const KnownExport& known : known_exports()) {
    const std::size_t points = score(known, header);
    if (points > best_score) {
      best = &known;
      best_score = points;
    }
  }
  return best;
}

}  // namespace payferry
