#include "bench/simulator/core/object_type.hpp"

#include <utility>

namespace payferry::simulator {

ObjectType::ObjectType(std::string name, std::string type_id, std::string error_name,
                       std::string scope)
    : name_(std::move(name)),
      type_id_(std::move(type_id)),
      error_name_(std::move(error_name)),
      scope_(std::move(scope)) {}

PropertyIndex ObjectType::add(PropertyDefinition definition) {
  const auto index = static_cast<PropertyIndex>(properties_.size());
  const PropertyDefinition& kept = properties_.emplace_back(std::move(definition));
  by_name_.emplace(kept.name, index);
  if (kept.unique) unique_.push_back(index);
  if (kept.required) required_.push_back(index);
  return index;
}

std::optional<PropertyIndex> ObjectType::find(std::string_view property) const {
  const auto found = by_name_.find(property);
  if (found == by_name_.end()) return std::nullopt;
  return found->second;
}

}  // namespace payferry::simulator
