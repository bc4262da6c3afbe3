#include <memory>

#include "bench/commands/commands.hpp"
#include "bench/micro/micro.hpp"

namespace payferry::bench {

namespace {

struct MicroCommand {
  std::string pattern;
  unsigned runs = 5;
};

}  // namespace

void add_micro(CLI::App& app, Output& output) {
  const auto command = std::make_shared<MicroCommand>();
  CLI::App& micro = *app.add_subcommand("micro", "The parts, each by itself");
  micro.add_option("pattern", command->pattern, "Only those whose name matches it")
      ->type_name("REGEX");
  micro.add_option("--runs", command->runs, "How often each is run")
      ->type_name("N")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  micro.callback(
      [command, &output] { output.give({measure_micro(command->pattern, command->runs)}); });
}

}  // namespace payferry::bench
