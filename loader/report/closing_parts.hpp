#pragma once

#include <string>

#include "loader/run/tally.hpp"

namespace payferry {

/// Blanks in front of or behind the text, up to this many columns.
std::string padded_left(const std::string& text, std::size_t width);
std::string padded_right(const std::string& text, std::size_t width);

/// A line for each status that occurs, with what it means.
std::string counts_text(const Tally& tally);
/// A line for each currency and side of its books.
std::string totals_text(const ControlTotals& totals);

}  // namespace payferry
