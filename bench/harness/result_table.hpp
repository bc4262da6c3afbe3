#pragma once

#include <string>

#include "bench/harness/figure.hpp"

namespace payferry::bench {

/// For people: a line for each subject, a column for each figure, the median with its spread.
std::string to_table(const Section& section);

/// Three significant digits, thousands in groups: "1,234,000", "12.3", "0.0123".
std::string short_number(double value);

}  // namespace payferry::bench
