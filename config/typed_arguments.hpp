#pragma once

#include <span>
#include <string>
#include <tl/expected.hpp>
#include <vector>

namespace payferry {

/// The command line taken apart: which option has which values. What they mean is not looked at.
struct TypedArguments {
  using Texts = std::vector<std::string>;

  std::string command;  ///< empty: none was named
  bool help = false;
  bool version = false;
  Texts set, progress, log_level;
  Texts config, run_dir, limit, max_errors, deadline, metrics_file, html, output;
  bool wait = false, offline = false, json = false, yes = false;
  Texts positionals;
  std::string problem;  ///< what cannot be understood, for people; empty: nothing
};

TypedArguments read_arguments(std::span<const std::string> arguments);

}  // namespace payferry
