#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "config/datetime_format.hpp"
#include "config/secret_text.hpp"
#include "config/sections.hpp"
#include "config/time_zone_name.hpp"
#include "model/card_number.hpp"

namespace payferry {

namespace {

using Kind = ConfigValue::Kind;

const NamedChoices<ValueType>& value_types() {
  static const NamedChoices<ValueType> types{{"string", ValueType::string},
                                             {"decimal", ValueType::decimal},
                                             {"minor_units", ValueType::minor_units},
                                             {"datetime", ValueType::datetime},
                                             {"date", ValueType::date},
                                             {"boolean", ValueType::boolean},
                                             {"enum", ValueType::enumeration},
                                             {"email", ValueType::email}};
  return types;
}

bool is_date_type(ValueType type) {
  return type == ValueType::datetime || type == ValueType::date;
}

/// source text → value. An entry that is no text is refused where it stands.
void read_map(TableReader& rule, std::map<std::string, std::string>& map) {
  if (!rule.has("map")) {
    rule.find("map");
    return;
  }
  TableReader table = rule.table("map");
  if (table.value() == nullptr) return;
  for (const ConfigEntry& entry : table.value()->entries) {
    table.read(entry.key, map[entry.key], any_text());
  }
  if (map.empty())
    rule.refuse(
        "map",
        "must have at least one entry, such as { paid = \"succeeded\", \"*\" = \"failed\" }");
}

void read_format(TableReader& table, PropertyRule& rule) {
  const ConfigValue* value = table.find("format");
  table.read("format", rule.format, non_empty_text("a date format such as \"%Y-%m-%d %H:%M:%S\""));
  if (value == nullptr) return;
  if (const auto refusal = refuse_datetime_format(rule.format))
    table.add(value->place, "format", *refusal);
}

void read_time_zone(TableReader& table, PropertyRule& rule) {
  std::string name;
  table.read("timezone", name, non_empty_text("a time zone's IANA name such as \"Europe/London\""));
  if (name.empty()) return;
  auto zone = find_time_zone(name);
  if (zone) {
    rule.time_zone = std::move(*zone);
  } else {
    table.add(table.find("timezone")->place, "timezone", zone.error());
  }
}

void read_rule(TableReader& table, PropertyRule& rule) {
  table.read("from", rule.from, non_empty_text("the name of a column, or a dotted path in NDJSON"));
  table.read("value", rule.value, any_text());
  table.read("default", rule.default_value, any_text());
  table.read("type", rule.type, one_of(value_types()));
  read_map(table, rule.map);
  read_format(table, rule);
  read_time_zone(table, rule);
  table.read("decimal", rule.decimal_mark, one_of<char>({{".", '.'}, {",", ','}}));
  table.read("trim", rule.trim, true_or_false());
  table.read("allow_card_like", rule.allow_card_like, true_or_false());
  table.read("required", rule.required, true_or_false());
  table.finish();
}

/// A constant is sent as it stands: what shapes a cell has no meaning beside it.
void check_constant(TableReader& table) {
  constexpr std::array<std::string_view, 9> kOfCells{
      "from", "default", "type", "map", "format", "timezone", "decimal", "trim", "required"};
  for (const std::string_view key : kOfCells) {
    if (table.has(key)) {
      table.refuse(key,
                   "conflicts with value: a constant is sent as it stands; use from = \"…\" to "
                   "read a column");
    }
  }
}

void check_keys_of_type(TableReader& table, const PropertyRule& rule) {
  // Of a type that nobody knows it is said already, and what fits it cannot be told.
  const ConfigValue* const type = table.find("type");
  if (type != nullptr && !one_of(value_types()).read(*type)) return;
  for (const std::string_view key : {"format", "timezone"}) {
    if (table.has(key) && !is_date_type(rule.type)) {
      table.refuse(key, "needs type = \"datetime\" or \"date\"");
    }
  }
  if (table.has("timezone") && rule.format.starts_with("unix")) {
    table.refuse("timezone",
                 "conflicts with format = " + shown_text(rule.format) + ", which counts in UTC");
  }
  if (table.has("decimal") && rule.type != ValueType::decimal) {
    table.refuse("decimal", "needs type = \"decimal\"");
  }
  if (rule.type == ValueType::enumeration && !table.has("map")) {
    table.refuse("type", "\"enum\" needs map = { … }, from the source's words to HubSpot's");
  }
}

/// Beside what it would do in HubSpot, it would stand in the run's own copy of the config.
void refuse_card_number(TableReader& table, const PropertyRule& rule, std::string_view key,
                        std::string_view text) {
  const bool allowable = may_allow_card_like(rule.property);
  if (!holds_card_number(text) || (rule.allow_card_like && allowable)) return;
  table.refuse(key, std::string("holds what looks like a card number, which must not be stored in "
                                "HubSpot or a config: take it out") +
                        (allowable ? ", or set allow_card_like = true for this property if it is "
                                     "none"
                                   : "; only its last four digits may stay"));
}

void check_card_numbers(TableReader& table, const PropertyRule& rule) {
  refuse_card_number(table, rule, "value", rule.value.value_or(""));
  refuse_card_number(table, rule, "default", rule.default_value.value_or(""));
  for (const auto& [word, value] : rule.map) {
    if (!holds_card_number(word + '\n' + value)) continue;
    refuse_card_number(table, rule, "map", word + '\n' + value);
    break;
  }
}

void check_rule(TableReader& table, const PropertyRule& rule) {
  if (table.value() == nullptr) return;
  check_card_numbers(table, rule);
  if (table.has("value")) {
    check_constant(table);
  } else if (!table.has("from")) {
    table.add(table.value()->place, "", "needs from = \"a column\", or value = \"a constant\"");
  } else {
    check_keys_of_type(table, rule);
  }
}

/// `hs_x = "Column"` is the likeliest slip.
void refuse_plain_value(TableReader& section, const ConfigEntry& entry) {
  std::string message =
      "must be a table such as { from = \"a column\" }, not " + shown(entry.value);
  section.add(entry.value.place, entry.key, std::move(message));
}

bool is_property_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
           (letter >= '0' && letter <= '9') || letter == '_';
  });
}

void read_property(TableReader& section, const ConfigEntry& entry, MappingRules& mapping) {
  if (!is_property_name(entry.key)) {
    section.refuse(
        entry.key,
        "is not the name of a HubSpot property: use its internal name, letters, digits and _");
  }
  if (entry.value.kind != Kind::table) {
    section.find(entry.key);
    refuse_plain_value(section, entry);
    return;
  }
  PropertyRule rule;
  rule.property = entry.key;
  TableReader table = section.table(entry.key);
  rule.place = to_string(table.has("from") ? table.place_of("from") : entry.place);
  read_rule(table, rule);
  check_rule(table, rule);
  mapping.properties.push_back(std::move(rule));
}

void read_association(TableReader& table, AssociationRule& rule) {
  table.read("to", rule.to, non_empty_text("an object type such as \"contacts\""));
  table.read("from", rule.from, non_empty_text("the name of a column, or a dotted path in NDJSON"));
  table.read("type_id", rule.type_id, whole_number_of<unsigned>(1, 2'000'000'000));
  table.read("category", rule.category,
             one_of<std::string>({{"HUBSPOT_DEFINED", "HUBSPOT_DEFINED"},
                                  {"USER_DEFINED", "USER_DEFINED"},
                                  {"INTEGRATOR_DEFINED", "INTEGRATOR_DEFINED"},
                                  {"WORK", "WORK"}}));
  table.read("match", rule.match,
             non_empty_text("a unique property of the other object, such as \"email\""));
  table.read("missing", rule.missing,
             one_of<MissingAssociation>(
                 {{"skip", MissingAssociation::skip}, {"reject", MissingAssociation::reject}}));
  table.finish();
}

void check_association(TableReader& table) {
  if (table.value() == nullptr) return;
  for (const std::string_view key : {"to", "from"}) {
    if (!table.has(key))
      table.add(table.value()->place, key, "is missing: an association needs to and from");
  }
  if (table.has("missing") && !table.has("match")) {
    table.refuse("missing", "needs match: a record id is not looked up before it is sent");
  }
  if (table.has("category") && !table.has("type_id")) {
    table.refuse("category", "needs type_id: the two together name a label");
  }
}

const PropertyRule* find_rule(const MappingRules& mapping, std::string_view property) {
  for (const PropertyRule& rule : mapping.properties) {
    if (rule.property == property) return &rule;
  }
  return nullptr;
}

PropertyRule* find_rule(MappingRules& mapping, std::string_view property) {
  return const_cast<PropertyRule*>(find_rule(std::as_const(mapping), property));
}

void check_required(TableReader& properties, PropertyRule& rule, std::string_view why) {
  TableReader table = properties.table_again(rule.property);
  if (table.has("required") && !rule.required) {
    table.refuse("required", "must not be false: " + std::string(why));
  }
  rule.required = true;
}

void check_id_property(TableReader& root, TableReader& properties, MappingRules& mapping) {
  if (mapping.id_property.empty()) return;
  const ConfigPlace place = root.table_again("hubspot").place_of("id_property");
  PropertyRule* rule = find_rule(mapping, mapping.id_property);
  const bool in_properties = properties.has(mapping.id_property);
  if (rule == nullptr && !in_properties) {
    root.error().add(
        {place, "hubspot.id_property",
         mapping.id_property +
             " has no line in [properties]: say there where its value comes from, such as " +
             mapping.id_property + " = { from = \"Invoice\" }"});
  } else if (rule != nullptr && (rule->value || rule->default_value)) {
    TableReader table = properties.table_again(mapping.id_property);
    table.refuse(rule->value ? "value" : "default",
                 "cannot stand at the id property: two records would have the same id");
  } else if (rule != nullptr) {
    check_required(properties, *rule, "the id property has a value in every record");
  }
}

void check_run_property(TableReader& properties, const MappingRules& mapping) {
  if (mapping.run_property.empty() || !properties.has(mapping.run_property)) return;
  properties.refuse(mapping.run_property,
                    "conflicts with hubspot.run_property, which payferry fills itself");
}

bool is_payment(const HubSpotSettings& hubspot) {
  return hubspot.object == "commerce_payments" || hubspot.object == "0-101";
}

/// HubSpot refuses a payment without them (contract §5.1).
void check_payment(TableReader& root, TableReader& properties, MappingRules& mapping) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 2> kMandatory{
      {{"hs_initial_amount", "{ from = \"Amount\", type = \"decimal\" }"},
       {"hs_initiated_date", "{ from = \"Date\", type = \"datetime\" }"}}};
  for (const auto& [property, example] : kMandatory) {
    if (PropertyRule* rule = find_rule(mapping, property)) {
      if (!rule->value) check_required(properties, *rule, "HubSpot takes no payment without it");
    } else if (!properties.has(property)) {
      root.error().add({properties.place_of(property), "properties." + std::string(property),
                        "is missing: HubSpot takes no payment without it; write for instance " +
                            std::string(property) + " = " + std::string(example)});
    }
  }
}

}  // namespace

void read_properties_section(TableReader table, MappingRules& mapping) {
  if (table.value() == nullptr) return;
  for (const ConfigEntry& entry : table.value()->entries) read_property(table, entry, mapping);
}

void read_associations_section(const ConfigValue* value, TableReader& root, MappingRules& mapping) {
  if (value == nullptr) return;
  if (value->kind != Kind::array) {
    root.add(value->place, "associations",
             "must be tables under [[associations]], not " + shown(*value));
    return;
  }
  for (std::size_t i = 0; i < value->elements.size(); ++i) {
    const ConfigValue& element = value->elements[i];
    TableReader table(&element, "associations." + std::to_string(i), element.place, root.error());
    AssociationRule rule;
    rule.place = to_string(table.place_of("from"));
    read_association(table, rule);
    check_association(table);
    mapping.associations.push_back(std::move(rule));
  }
}

void check_mapping(TableReader& root, const HubSpotSettings& hubspot, MappingRules& mapping) {
  TableReader properties = root.table_again("properties");
  check_id_property(root, properties, mapping);
  check_run_property(properties, mapping);
  if (is_payment(hubspot)) {
    check_payment(root, properties, mapping);
  } else if (mapping.properties.empty() && root.error().empty()) {
    root.error().add({properties.place_of(""), "properties",
                      "is empty: say which HubSpot property comes from which column"});
  }
}

}  // namespace payferry
