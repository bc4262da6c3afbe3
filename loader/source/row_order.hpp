#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "model/record.hpp"

namespace payferry {

/// Brings the rows of a CSV file into the column order of another file of the same run: the cells,
/// and the row as it stands, since all rejects of a run stand below the first file's header.
class RowOrder {
 public:
  /// `places`: for each column wanted its place in the row, or kNoCell (match_columns). `columns`
  /// of the row itself.
  RowOrder(std::vector<std::size_t> places, std::size_t columns, char delimiter,
           std::string file_name);

  /// A row whose cells cannot be told apart keeps its order, and its error says so.
  void apply(Record& record);

 private:
  void split(std::string_view raw);
  void join();

  std::vector<std::size_t> places_;
  std::size_t columns_;
  char delimiter_;
  std::string file_name_;
  std::vector<std::string_view> cells_;
  std::vector<std::string_view> raw_cells_;
  std::string raw_;
};

}  // namespace payferry
