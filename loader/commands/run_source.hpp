#pragma once

#include <memory>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "loader/commands/run_plan.hpp"
#include "loader/source/input_set.hpp"
#include "model/mapping.hpp"

namespace payferry {

/// The source of a run that has been loaded, to be read again for what was sent of it.
struct RunSource {
  /// Without associations, which batch read does not give (contract §1.6).
  MappingRules rules;
  std::unique_ptr<InputSet> inputs;
  std::unique_ptr<Mapping> mapping;
};

/// One sentence on the first input that is not as the run read it; nothing where all are.
std::optional<std::string> changed_input(const Manifest& manifest);

/// The error is one sentence: a file is not there any more, or is not the one that was loaded.
tl::expected<RunSource, std::string> open_run_source(const RunPlan& plan);

/// By InputIndex, as outcome lines name the inputs; empty: one input, not named.
std::vector<std::string> names_of_inputs(const RunPlan& plan);

}  // namespace payferry
