#include "loader/commands/fitting_mapping.hpp"

#include <utility>

#include "loader/commands/command_failure.hpp"
#include "loader/source/input_file.hpp"

namespace payferry {

Mapping fitting_mapping(const MappingRules& rules, const InputSet& inputs) {
  auto mapping = Mapping::compile(rules, inputs.columns());
  if (!mapping) {
    refuse(input_name(inputs.inputs().front().path) +
           " does not fit the config: " + mapping.error().message);
  }
  return *std::move(mapping);
}

}  // namespace payferry
