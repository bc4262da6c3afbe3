#pragma once

#include <string>

#include "loader/report/run_report.hpp"

namespace payferry {

/// For a terminal: at most 80 columns wide but for paths, commands and names.
std::string report_text(const RunReport& report);

}  // namespace payferry
