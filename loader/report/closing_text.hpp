#pragma once

#include <filesystem>
#include <string>

#include "loader/report/summary.hpp"

namespace payferry {

/// What a person reads when a process leaves a run: counts, control totals, where things are, and
/// the command that goes on. Each sentence is one line: who shows it on a terminal wraps it.
std::string closing_text(const Summary& summary, const std::filesystem::path& run_directory,
                         bool csv);

}  // namespace payferry
