#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace payferry {

/// A row of the source with a mark in place of each card number, but in the columns or paths that
/// `card_like` names. Where the row cannot be told into the cells of `columns`, or is no JSON, all
/// of its text is marked.
std::string masked_csv_row(std::string_view raw, char delimiter,
                           const std::vector<std::string>& columns,
                           const std::vector<std::string>& card_like);
std::string masked_json_row(std::string_view raw, const std::vector<std::string>& card_like);

}  // namespace payferry
