#include <memory>

#include "bench/commands/commands.hpp"
#include "bench/load/scenarios.hpp"
#include "bench/simulator/core/option_values.hpp"

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

void add_soak_options(CLI::App& load, LoadOptions& options) {
  load.add_option("--soak-records", options.soak_records,
                  "How many the soak loads; without, as many as ten million an hour")
      ->type_name("N");
  const auto take_time = [&options](const std::string& text) {
    const auto time = simulator::parse_duration(text);
    if (!time || time->count() == 0)
      throw CLI::ValidationError("--soak-time takes a duration such as 10min, not \"" + text +
                                 "\"");
    options.soak_time = *time;
  };
  load.add_option_function<std::string>("--soak-time", take_time,
                                        "How long HubSpot's quota makes the soak take")
      ->type_name("DURATION")
      ->default_str("1h");
  load.add_option("--soak-kills", options.soak_kills, "How often it is killed and resumed")
      ->type_name("N")
      ->capture_default_str();
}

}  // namespace

void add_load(CLI::App& app, Output& output) {
  const auto command = std::make_shared<LoadCommand>();
  CLI::App& load = *app.add_subcommand("load", "The whole program against a simulated HubSpot");
  load.add_option("scenario", command->scenarios, "Which; without, all but soak")
      ->check(CLI::IsMember(scenario_names()));
  load.add_option("--records", command->options.records, "How many are loaded without limits")
      ->type_name("N")
      ->capture_default_str();
  load.add_option("--huge-records", command->options.huge_records,
                  "How far memory is followed, in powers of ten from 100,000")
      ->type_name("N")
      ->capture_default_str();
  add_soak_options(load, command->options);
  load.add_option("--runs", command->options.runs, "How often each is run")
      ->type_name("N")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  load.callback(
      [command, &output] { output.give({measure_load(command->options, command->scenarios)}); });
}

}  // namespace payferry::bench
