#pragma once

#include <string>

#include "bench/harness/figure.hpp"

namespace payferry::bench {

/// For people: a line for each subject, a column for each figure, the median with its spread; notes
/// below. At most 80 columns.
std::string to_text(const Section& section);
/// The same for documents, without the section's name.
std::string to_markdown(const Section& section);

/// Three significant digits, thousands in groups: "1,234,000", "12.3", "0.0123".
std::string short_number(double value);

}  // namespace payferry::bench
