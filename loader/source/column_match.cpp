#include "loader/source/column_match.hpp"

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "model/shown_value.hpp"

namespace payferry {

namespace {

bool has_meaning(const std::string& column) {
  return !column.empty() && column != kRejectColumn;
}

std::string quoted_list(const std::vector<std::string>& names) {
  constexpr std::size_t kMost = 12;
  std::string list;
  for (std::size_t at = 0; at < std::min(kMost, names.size()); ++at)
    list += (at == 0 ? "" : ", ") + shown_value(names[at]);
  return list + (names.size() > kMost ? ", …" : "");
}

/// Columns of `left` that `right` does not have.
std::vector<std::string> only_in(const std::vector<std::string>& left,
                                 const std::vector<std::string>& right) {
  const std::unordered_set<std::string_view> names(right.begin(), right.end());
  std::vector<std::string> alone;
  for (const std::string& column : left) {
    if (has_meaning(column) && !names.contains(column)) alone.push_back(column);
  }
  return alone;
}

}  // namespace

tl::expected<std::vector<std::size_t>, InputError> match_columns(
    const std::vector<std::string>& columns, const std::vector<std::string>& others,
    const std::string& name, const std::string& other_name) {
  if (columns == others) return std::vector<std::size_t>();
  const auto missing = only_in(columns, others);
  const auto extra = only_in(others, columns);
  if (!missing.empty() || !extra.empty()) {
    std::string text = other_name + " does not have the columns of " + name + ":";
    if (!missing.empty()) text += " " + quoted_list(missing) + " missing";
    if (!extra.empty())
      text += std::string(missing.empty() ? " " : ", ") + quoted_list(extra) + " added";
    return tl::unexpected(
        InputError(text + "; load files of different columns in runs of their own."));
  }
  std::unordered_map<std::string_view, std::size_t> places;
  for (std::size_t i = 0; i < others.size(); ++i) places.emplace(others[i], i);
  std::vector<std::size_t> order;
  for (const std::string& column : columns)
    order.push_back(has_meaning(column) ? places.at(column) : kNoCell);
  return order;
}

}  // namespace payferry
