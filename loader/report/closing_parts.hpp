#pragma once

#include <string>

#include "loader/run/tally.hpp"

namespace payferry {

/// "record 1", "records 1 to 1,200"
std::string first_records(std::uint64_t count);
/// A line for each status that occurs, with what it means.
std::string counts_text(const Tally& tally);
/// A line for each currency and side of its books.
std::string totals_text(const ControlTotals& totals);

}  // namespace payferry
