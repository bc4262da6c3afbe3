#pragma once

#include <string>
#include <string_view>

#include "loader/report/run_report.hpp"

namespace payferry {

/// The report as one HTML file that needs nothing else: no script, no network. A few hundred KiB at
/// most, however large the run is.
std::string report_page(const RunReport& report);

/// report.css, from the build.
std::string_view report_style();

}  // namespace payferry
