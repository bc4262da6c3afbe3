#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "config/sample.hpp"

namespace payferry {

/// Which column holds which payment property.
struct ColumnGuess {
  std::map<std::string, std::size_t, std::less<>> columns;  ///< by property; a column at most once
  bool id_by_values = false;  ///< the id column was found by its unique values, not by its name

  bool has(std::string_view property) const { return columns.contains(property); }
};

/// By name where the cells fit the property, the surest first; the id column also by unique cells
/// alone.
ColumnGuess guess_columns(const Sample& sample);

}  // namespace payferry
