#include "model/property_schema.hpp"

#include <algorithm>

#include "model/json_reader.hpp"

namespace payferry {

namespace {

void read_option(JsonReader& reader, PropertyOption& option) {
  reader.read_object([&](std::string_view key) {
    if (key == "value") {
      reader.read_text(option.value);
    } else if (key == "label") {
      reader.read_text(option.label);
    } else {
      reader.skip();
    }
  });
}

/// Reads a list of objects by read_one; steps over what is none.
template <class Entry, class ReadOne>
void read_objects(JsonReader& reader, std::vector<Entry>& entries, ReadOne&& read_one) {
  if (reader.kind() != JsonKind::array) {
    reader.skip();
    return;
  }
  reader.read_array([&] {
    if (reader.kind() == JsonKind::object) {
      read_one(reader, entries.emplace_back());
    } else {
      reader.skip();
    }
  });
}

void read_metadata(JsonReader& reader, PropertyDefinition& property) {
  if (reader.kind() != JsonKind::object) {
    reader.skip();
    return;
  }
  reader.read_object([&](std::string_view key) {
    if (key == "readOnlyValue") {
      reader.read_boolean(property.read_only_value);
    } else {
      reader.skip();
    }
  });
}

void read_property_member(JsonReader& reader, std::string_view key, PropertyDefinition& property) {
  if (key == "name") {
    reader.read_text(property.name);
  } else if (key == "label") {
    reader.read_text(property.label);
  } else if (key == "type") {
    reader.read_text(property.type);
  } else if (key == "fieldType") {
    reader.read_text(property.field_type);
  } else if (key == "options") {
    read_objects(reader, property.options, read_option);
  } else if (key == "hasUniqueValue") {
    reader.read_boolean(property.has_unique_value);
  } else if (key == "calculated") {
    reader.read_boolean(property.calculated);
  } else if (key == "archived") {
    reader.read_boolean(property.archived);
  } else if (key == "modificationMetadata") {
    read_metadata(reader, property);
  } else {
    reader.skip();
  }
}

void read_property(JsonReader& reader, PropertyDefinition& property) {
  reader.read_object([&](std::string_view key) { read_property_member(reader, key, property); });
}

bool by_name(const PropertyDefinition& left, const PropertyDefinition& right) {
  return left.name < right.name;
}

}  // namespace

bool PropertyDefinition::has_option(std::string_view value) const {
  return std::any_of(options.begin(), options.end(),
                     [value](const PropertyOption& option) { return option.value == value; });
}

PropertySchema::PropertySchema(std::vector<PropertyDefinition> properties)
    : properties_(std::move(properties)) {
  std::sort(properties_.begin(), properties_.end(), by_name);
}

const PropertyDefinition* PropertySchema::find(std::string_view name) const {
  const auto at = std::lower_bound(properties_.begin(), properties_.end(), name,
                                   [](const PropertyDefinition& property, std::string_view wanted) {
                                     return property.name < wanted;
                                   });
  return at != properties_.end() && at->name == name ? &*at : nullptr;
}

std::vector<std::string_view> PropertySchema::names() const {
  std::vector<std::string_view> names;
  for (const PropertyDefinition& property : properties_) names.emplace_back(property.name);
  return names;
}

std::optional<PropertySchema> decode_property_schema(std::string_view body) {
  std::vector<PropertyDefinition> properties;
  bool has_results = false;
  JsonReader reader(body);
  reader.read_object([&](std::string_view key) {
    if (key != "results") {
      reader.skip();
      return;
    }
    has_results = reader.kind() == JsonKind::array;
    read_objects(reader, properties, read_property);
  });
  if (!reader.finished() || !has_results) return std::nullopt;
  std::erase_if(properties,
                [](const PropertyDefinition& property) { return property.name.empty(); });
  return PropertySchema(std::move(properties));
}

}  // namespace payferry
