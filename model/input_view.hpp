#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace payferry {

/// Properties by name: (name, value), sorted. A null value is an empty one.
using PropertyList = std::vector<std::pair<std::string, std::string>>;

/// Reads a JSON object of properties; what is no text, number or boolean counts as empty.
PropertyList read_properties(std::string_view json);

/// Value of `name`, or nothing where the list does not have it.
std::optional<std::string_view> find_property(const PropertyList& list, std::string_view name);

/// An input object (contract §1.3), opened again. Only for what happens rarely: it copies.
struct InputView {
  PropertyList properties;
};

InputView open_input(std::string_view input);

}  // namespace payferry
