#include <CLI/CLI.hpp>
#include <iostream>

#include "bench/commands/commands.hpp"

// NOLINTNEXTLINE(bugprone-exception-escape): CLI11 throws where options contradict each other.
int main(int argc, char** argv) {
  CLI::App app{"The bench harness of payferry", "payferry-bench"};
  app.require_subcommand(1);
  payferry::bench::Output output;
  payferry::bench::add_output_options(app, output);
  payferry::bench::add_generate(app);
  payferry::bench::add_micro(app, output);
  payferry::bench::add_load(app, output);
  payferry::bench::add_compare(app, output);
  payferry::bench::add_limits(app, output);
  payferry::bench::add_instructions(app, output);
  payferry::bench::add_pipeline(app);
  payferry::bench::add_scaling(app, output);
  payferry::bench::add_all(app, output);
  try {
    app.parse(argc, argv);
    return output.exit_code;
  } catch (const CLI::CallForHelp&) {
    std::cout << app.help();
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "payferry-bench: " << error.what() << '\n';
    return 2;
  }
}
