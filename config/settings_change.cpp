#include "config/settings_change.hpp"

#include <algorithm>
#include <string_view>
#include <tuple>
#include <vector>

#include "config/base_url.hpp"

namespace payferry {

namespace {

auto parts(const InputSettings& input) {
  return std::tie(input.format, input.compression, input.delimiter, input.encoding,
                  input.max_record_bytes);
}

auto parts(const PropertyRule& rule) {
  return std::tie(rule.property, rule.from, rule.value, rule.default_value, rule.type, rule.map,
                  rule.format, rule.time_zone.table, rule.decimal_mark, rule.trim,
                  rule.allow_card_like, rule.required);
}

auto parts(const AssociationRule& rule) {
  return std::tie(rule.to, rule.from, rule.type_id, rule.category, rule.match, rule.missing);
}

const PropertyRule* find(const MappingRules& mapping, std::string_view property) {
  const auto found =
      std::find_if(mapping.properties.begin(), mapping.properties.end(),
                   [&](const PropertyRule& rule) { return rule.property == property; });
  return found == mapping.properties.end() ? nullptr : &*found;
}

/// The keys that differ, each once, in the order of the config.
class Differences {
 public:
  void compare(std::string_view key, std::string_view before, std::string_view now) {
    if (before == now) return;
    add(std::string(key) + " was " + named(before) + " and is " + named(now));
  }

  void add(std::string difference) { differences_.push_back(std::move(difference)); }

  std::string to_string() const {
    std::string text;
    for (const std::string& difference : differences_)
      text += (text.empty() ? "" : ", ") + difference;
    return text;
  }

 private:
  static std::string named(std::string_view value) {
    return value.empty() ? std::string("not set") : '"' + std::string(value) + '"';
  }

  std::vector<std::string> differences_;
};

/// A rehearsal's simulator gets another port each time; a real HubSpot does not.
bool same_server(const std::string& before, const std::string& now) {
  if (before == now) return true;
  const auto old_url = parse_base_url(before);
  const auto new_url = parse_base_url(now);
  return old_url && new_url && is_loopback(old_url->host) && is_loopback(new_url->host);
}

std::string_view name_of(WriteMode mode) {
  return mode == WriteMode::create ? "create" : "upsert";
}

/// Its two names are one object type (contract §1.1).
std::string_view canonical_object(std::string_view object) {
  return object == "0-101" ? std::string_view("commerce_payments") : object;
}

void compare_properties(const MappingRules& before, const MappingRules& now,
                        Differences& differences) {
  for (const PropertyRule& rule : before.properties) {
    const PropertyRule* const other = find(now, rule.property);
    if (other == nullptr) {
      differences.add("properties." + rule.property + " is gone");
    } else if (parts(rule) != parts(*other)) {
      differences.add("properties." + rule.property + " is another");
    }
  }
  for (const PropertyRule& rule : now.properties) {
    if (find(before, rule.property) == nullptr)
      differences.add("properties." + rule.property + " is new");
  }
}

bool same_associations(const MappingRules& before, const MappingRules& now) {
  return std::equal(before.associations.begin(), before.associations.end(),
                    now.associations.begin(), now.associations.end(),
                    [](const AssociationRule& left, const AssociationRule& right) {
                      return parts(left) == parts(right);
                    });
}

void compare_hubspot(const Settings& before, const Settings& now, Differences& differences) {
  if (!same_server(before.hubspot.base_url, now.hubspot.base_url)) {
    differences.compare("hubspot.base_url", before.hubspot.base_url, now.hubspot.base_url);
  }
  differences.compare("hubspot.object", canonical_object(before.hubspot.object),
                      canonical_object(now.hubspot.object));
  differences.compare("hubspot.write", name_of(before.mapping.write), name_of(now.mapping.write));
  differences.compare("hubspot.id_property", before.mapping.id_property, now.mapping.id_property);
  differences.compare("hubspot.run_property", before.mapping.run_property,
                      now.mapping.run_property);
}

}  // namespace

std::optional<std::string> forbidden_change(const Settings& before, const Settings& now) {
  Differences differences;
  compare_hubspot(before, now, differences);
  if (parts(before.input) != parts(now.input))
    differences.add("[input] reads the file in another way");
  compare_properties(before.mapping, now.mapping, differences);
  if (!same_associations(before.mapping, now.mapping))
    differences.add("[[associations]] are others");
  const std::string text = differences.to_string();
  if (text.empty()) return std::nullopt;
  return "this run cannot go on with another config (" + text +
         "): go on with the one that it was begun with, or begin a new run in another --run-dir";
}

}  // namespace payferry
