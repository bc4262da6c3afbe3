#pragma once

#include <string>
#include <vector>

namespace payferry::bench {

/// A table of texts: the first column names the row, the others hold figures.
struct TextTable {
  using Row = std::vector<std::string>;

  Row head;
  std::vector<Row> rows;  ///< each as long as the head
};

/// No line is longer, so that a terminal of the usual size shows it whole.
inline constexpr std::size_t kMostColumns = 80;

/// For terminals. Heads are broken at spaces into several lines; columns that do not fit beside the
/// others follow in a table below, with the names of the rows again.
std::string to_text(const TextTable& table);
std::string to_markdown(const TextTable& table);

/// The words of `text` in lines of at most kMostColumns, each indented by two.
std::string wrapped(const std::string& text);

}  // namespace payferry::bench
