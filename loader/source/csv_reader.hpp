#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "loader/source/csv_row.hpp"
#include "loader/source/csv_row_skip.hpp"
#include "loader/source/input_error.hpp"
#include "loader/source/text_reader.hpp"

namespace payferry {

/// Records of a CSV file with a header (rules: CsvRow). Blank lines are skipped. A row is refused
/// that has another number of cells than the header, a NUL byte, text that is not in the encoding,
/// or is too long.
///
/// A row whose quotes go wrong is its first line only: reading goes on at the next line, so that a
/// quote that is never closed costs one record and not the rest of the file. It is said by breaks()
/// too. Where the quote is open for longer than a record may be, no line behind it is taken for a
/// row, since it may be text of the cell: the record ends where its quotes do.
class CsvReader final : public TextReader {
 public:
  /// Reads the header from a window that stands behind any byte order mark. `payferry_error` and
  /// columns without a name may stand there repeatedly, others not.
  static tl::expected<std::unique_ptr<CsvReader>, InputError> open(ReadWindow window,
                                                                   ReaderOptions options);

  bool next(Record& record) override;
  const std::vector<std::string>& columns() const override { return columns_; }

  /// The header as it stands in the source, without its line end.
  const std::string& raw_header() const { return raw_header_; }

 private:
  enum class Find { row, too_long, unclosed_quote, text_after_quote, cut_off };

  CsvReader(ReadWindow window, ReaderOptions options);
  std::optional<InputError> read_header();
  std::optional<InputError> take_columns();
  InputError header_error(const std::string& what) const;

  Find find_row(std::size_t max_bytes);
  void take_row(Record& record);
  void check_cell_count(Record& record);
  void check_text(Record& record);
  void take_long_row(Record& record);
  void take_long_line(Record& record);
  void mark_cut(Record& record);
  CsvRowSkip skip_row();
  void refuse_unclosed(Record& record, const std::string& what_was_left_out);
  bool refuse_bad_quotes(Record& record, Find find);
  bool end_here();
  template <class FindBad>
  std::string column_of(FindBad find_bad) const;
  void convert_cells(std::string_view text);

  CsvRow row_;
  std::vector<std::string> columns_;
  std::string raw_header_;
  bool holds_rejects_ = false;  ///< by its header
  std::string converted_;
};

}  // namespace payferry
