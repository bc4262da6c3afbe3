#include "bench/scaling/scaling.hpp"

#include <memory>

#include "bench/commands/commands.hpp"

namespace payferry::bench {

namespace {

struct ScalingCommand {
  std::string plot;
  unsigned runs = 3;
};

}  // namespace

void add_scaling(CLI::App& app, Output& output) {
  const auto command = std::make_shared<ScalingCommand>();
  CLI::App& scaling = *app.add_subcommand(
      "scaling", "Cost of a record by records, columns, connections and size of a record");
  scaling.add_option("--plot", command->plot, "Draw it there, as SVG")->type_name("FILE");
  scaling.add_option("--runs", command->runs, "How often each is run")
      ->type_name("N")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  scaling.callback([command, &output] {
    const std::vector<Curve> curves = measure_scaling(command->runs);
    if (!command->plot.empty()) write_plot(command->plot, curves);
    output.give({to_section(curves)});
  });
}

}  // namespace payferry::bench
