#include <memory>

#include "bench/commands/commands.hpp"
#include "bench/load/scenarios.hpp"

namespace payferry::bench {

namespace {

struct LoadCommand {
  LoadOptions options;
  std::vector<std::string> scenarios;
};

std::vector<std::string> scenario_names() {
  std::vector<std::string> names;
  for (const LoadScenario& scenario : load_scenarios()) names.emplace_back(scenario.name);
  return names;
}

}  // namespace

void add_load(CLI::App& app, Output& output) {
  const auto command = std::make_shared<LoadCommand>();
  CLI::App& load = *app.add_subcommand("load", "The whole program against a simulated HubSpot");
  load.add_option("scenario", command->scenarios, "Which; all without")
      ->check(CLI::IsMember(scenario_names()));
  load.add_option("--records", command->options.records, "How many are loaded without limits")
      ->type_name("N")
      ->capture_default_str();
  load.add_option("--huge-records", command->options.huge_records,
                  "How far memory is followed, in powers of ten from 100,000")
      ->type_name("N")
      ->capture_default_str();
  load.add_option("--runs", command->options.runs, "How often each is run")
      ->type_name("N")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  load.callback(
      [command, &output] { output.give({measure_load(command->options, command->scenarios)}); });
}

}  // namespace payferry::bench
