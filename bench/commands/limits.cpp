#include <memory>

#include "bench/commands/commands.hpp"
#include "bench/limits/limits.hpp"

namespace payferry::bench {

void add_limits(CLI::App& app, Output& output) {
  const auto runs = std::make_shared<unsigned>(3);
  CLI::App& limits = *app.add_subcommand("limits", "What no program on this machine can go beyond");
  limits.add_option("--runs", *runs, "How often each is run")
      ->type_name("N")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  limits.callback([runs, &output] { output.give({measure_limits(*runs)}); });
}

}  // namespace payferry::bench
