#pragma once

#include <optional>
#include <string>

#include "loader/report/activity.hpp"
#include "loader/report/latency_histogram.hpp"
#include "loader/report/run_report.hpp"

namespace payferry {

/// Plots of the report's page, as HTML with inline SVG.

/// Records a second, by what became of them. `timeline` must not be empty.
std::string outcomes_chart(const Timeline& timeline);
/// The same of the records that are not in HubSpot, on a scale of their own.
std::string refused_chart(const Timeline& timeline);
/// Requests in the rolling window that ends there, against what the window allows; a second where
/// the window is not known.
std::string requests_chart(const Timeline& timeline, const std::optional<QuotaFacts>& quota);
std::string latency_chart(const LatencyHistogram& latency);

}  // namespace payferry
