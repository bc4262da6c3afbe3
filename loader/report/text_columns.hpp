#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "model/control_totals.hpp"
#include "model/currency.hpp"

namespace payferry {

/// Lines of a text that a person reads at the end of a command, in columns that stand below each
/// other.

/// Blanks in front of or behind the text, up to this many columns.
std::string padded_left(const std::string& text, std::size_t width);
std::string padded_right(std::string_view text, std::size_t width);

/// "  created       12,300  made by this run\n"
std::string count_line(std::string_view name, std::uint64_t count, std::string_view meaning);
/// "  GBP  loaded         12,300            9,747,747.93\n"
std::string total_line(Currency currency, std::string_view name, const Total& total);
/// With the full stop that it may lack.
std::string as_sentence(std::string text);
/// What Currency()'s code means, where the totals have it; the same as a line of a text.
std::string no_currency_note(const ControlTotals& totals);
std::string no_currency_line(const ControlTotals& totals);

}  // namespace payferry
