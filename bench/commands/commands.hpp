#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "bench/harness/figure.hpp"

namespace payferry::bench {

/// Where what was measured goes.
struct Output {
  std::string json_file;               ///< empty: none
  std::vector<std::string> documents;  ///< in which measured blocks are replaced
  int exit_code = 0;

  /// Shows the sections, and writes them for programs. Throws std::runtime_error.
  void give(const std::vector<Section>& sections) const;
};

void add_output_options(CLI::App& app, Output& output);

/// Each adds a subcommand, which does its work when the command line is parsed. `output` must
/// outlive `app`.
void add_generate(CLI::App& app);
void add_micro(CLI::App& app, Output& output);
void add_load(CLI::App& app, Output& output);
void add_compare(CLI::App& app, Output& output);
void add_limits(CLI::App& app, Output& output);
void add_instructions(CLI::App& app, Output& output);
void add_pipeline(CLI::App& app);
void add_scaling(CLI::App& app, Output& output);
void add_all(CLI::App& app, Output& output);

}  // namespace payferry::bench
