#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace payferry::simulator {

enum class PropertyType { text, number, datetime, date, enumeration, boolean, email };

/// Keyed by text. Boost's own hash takes a text byte by byte.
template <class Value>
using TextMap = boost::unordered_flat_map<std::string_view, Value, std::hash<std::string_view>>;

/// Place of a property in its object type.
using PropertyIndex = std::uint32_t;

struct PropertyDefinition {
  std::string name;
  PropertyType type = PropertyType::text;
  std::vector<std::string> options = {};  ///< of an enumeration: internal values
  bool unique = false;
  bool read_only = false;
  bool required = false;
  bool hubspot_defined = true;
  std::string label = {};
  std::string field_type = {};  ///< empty: the usual one of the type
  std::string group_name = {};
};

/// The schema of one kind of CRM record.
class ObjectType {
 public:
  ObjectType(std::string name, std::string type_id, std::string error_name, std::string scope);
  ObjectType(const ObjectType&) = delete;
  ObjectType& operator=(const ObjectType&) = delete;

  const std::string& name() const { return name_; }              ///< "commerce_payments"
  const std::string& type_id() const { return type_id_; }        ///< "0-101"
  const std::string& error_name() const { return error_name_; }  ///< "COMMERCE_PAYMENT"
  const std::string& scope() const { return scope_; }  ///< "commercepayments", in scope names

  /// The name must be free.
  PropertyIndex add(PropertyDefinition definition);
  std::optional<PropertyIndex> find(std::string_view property) const;
  const PropertyDefinition& at(PropertyIndex index) const { return properties_[index]; }
  const std::deque<PropertyDefinition>& properties() const { return properties_; }
  const std::vector<PropertyIndex>& unique_properties() const { return unique_; }
  const std::vector<PropertyIndex>& required_properties() const { return required_; }

 private:
  std::string name_;
  std::string type_id_;
  std::string error_name_;
  std::string scope_;
  std::deque<PropertyDefinition>
      properties_;  ///< a deque, so that names stay where by_name_ sees them
  TextMap<PropertyIndex> by_name_;
  std::vector<PropertyIndex> unique_;
  std::vector<PropertyIndex> required_;
};

}  // namespace payferry::simulator
