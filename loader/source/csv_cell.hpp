#pragma once

#include <string>
#include <string_view>

namespace payferry {

/// Appends the text as a cell in quotes.
void append_quoted_cell(std::string& out, std::string_view text);

/// Appends the text as a cell in the plainest form that a reader takes for it.
void append_csv_cell(std::string& out, std::string_view text, char delimiter);

}  // namespace payferry
