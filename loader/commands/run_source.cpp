#include "loader/commands/run_source.hpp"

#include <limits>

#include "model/clean_text.hpp"

namespace payferry {

std::optional<std::string> changed_input(const Manifest& manifest) {
  for (const InputInfo& input : manifest.inputs) {
    if (!input.fingerprint) continue;
    if (auto change = changed_since(input.path, *input.fingerprint)) return change;
  }
  return std::nullopt;
}

tl::expected<RunSource, std::string> open_run_source(const RunPlan& plan) {
  RunSource source;
  source.rules = plan.settings.mapping;
  source.rules.associations.clear();
  if (auto change = changed_input(plan.manifest)) return tl::unexpected(*std::move(change));
  InputRequest request;
  for (const InputInfo& input : plan.manifest.inputs) request.paths.push_back(input.path);
  request.wanted = Mapping::columns_read(source.rules);
  request.spool_directory = plan.directory.path();
  request.durability = plan.settings.results.durability;
  auto inputs = open_inputs(plan.settings.input, request);
  if (!inputs) return tl::unexpected(inputs.error().message);
  source.inputs = *std::move(inputs);
  auto mapping = Mapping::compile(source.rules, source.inputs->columns());
  if (!mapping) return tl::unexpected(mapping.error().message);
  source.mapping = std::make_unique<Mapping>(*std::move(mapping));
  return source;
}

std::vector<std::string> names_of_inputs(const RunPlan& plan) {
  std::vector<std::string> names;
  if (plan.manifest.inputs.size() == 1) return names;
  for (const std::string& name : plan.manifest.names)
    names.push_back(clean_text(name, std::numeric_limits<std::size_t>::max()));
  return names;
}

}  // namespace payferry
