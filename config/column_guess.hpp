#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "config/sample.hpp"

namespace payferry {

/// Which column holds which payment property.
struct ColumnGuess {
  std::map<std::string, std::size_t, std::less<>> columns;  ///< by property; a column at most once
  std::set<std::string, std::less<>> by_values;             ///< found by their cells, not by a name

  bool has(std::string_view property) const { return columns.contains(property); }
};

/// By name where the cells fit the property, the surest first; what a payment cannot be without,
/// and its id, also by cells alone.
ColumnGuess guess_columns(const Sample& sample);

}  // namespace payferry
