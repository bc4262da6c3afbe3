#pragma once

#include <string>

#include "loader/report/run_report.hpp"

namespace payferry {

/// For machines: all that summary.json has, and what the report adds to it. One line.
std::string report_json(const RunReport& report);

}  // namespace payferry
