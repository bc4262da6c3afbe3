#include "bench/compare/compare.hpp"

#include <memory>

#include "bench/commands/commands.hpp"

namespace payferry::bench {

void add_compare(CLI::App& app, Output& output) {
  const auto options = std::make_shared<CompareOptions>();
  CLI::App& compare = *app.add_subcommand("compare", "The same payments by other programs");
  compare
      .add_option("--records", options->records, "How many; the fast ones bring six times as many")
      ->type_name("N")
      ->capture_default_str();
  compare.add_option("--connections", options->connections, "Requests in flight")
      ->type_name("N")
      ->capture_default_str();
  compare.add_option("--runs", options->runs, "How often each is run")
      ->type_name("N")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  compare.callback([options, &output] { output.give({compare_with_peers(*options)}); });
}

}  // namespace payferry::bench
