#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace payferry {

struct PropertyOption {
  std::string value;
  std::string label;
};

/// A property as the account defines it (contract §1.9).
struct PropertyDefinition {
  std::string name;
  std::string label;
  std::string type;        ///< string, number, datetime, date, enumeration, bool, phone_number
  std::string field_type;  ///< e.g. text, select; checkbox takes several options joined by ";"
  std::vector<PropertyOption> options;
  bool has_unique_value = false;
  bool read_only_value = false;
  bool calculated = false;
  bool archived = false;

  bool has_option(std::string_view value) const;
};

/// The properties of one object type. Only non-sensitive ones: HubSpot lists no others unasked
/// (contract §1.9).
class PropertySchema {
 public:
  explicit PropertySchema(std::vector<PropertyDefinition> properties);

  const std::vector<PropertyDefinition>& properties() const { return properties_; }
  const PropertyDefinition* find(std::string_view name) const;
  std::vector<std::string_view> names() const;

 private:
  std::vector<PropertyDefinition> properties_;  ///< by name
};

/// Decodes the property list; nothing where the body is none.
std::optional<PropertySchema> decode_property_schema(std::string_view body);

}  // namespace payferry
