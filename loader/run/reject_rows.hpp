#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace payferry {

/// How the source writes its rows, so that a file of rejects can be mended and loaded again with
/// the same config.
struct RejectFormat {
  bool csv = true;
  std::string header;  ///< the source's own header line, without its line end
  char delimiter = ',';
  bool utf8 =
      true;  ///< false: the added message is kept to ASCII, which every encoding here shares
  std::vector<std::string> columns;    ///< of the header; none of NDJSON
  std::vector<std::string> card_like;  ///< columns or paths whose digits are no card numbers
};

/// Writes rows of rejects.csv and unknown.csv, or their NDJSON forms: the row as it stood in the
/// source with `payferry_error` added, or put in the place of an earlier run's; a row with too few
/// or too many cells stays one. What looks like a card number is marked, but in columns that are
/// said to hold none; a row that cannot be told into cells is masked as a whole.
class RejectRows {
 public:
  explicit RejectRows(RejectFormat format);

  bool csv() const { return format_.csv; }
  /// The line that starts a new file; nothing for NDJSON.
  void append_header(std::string& out) const;
  void append_row(std::string& out, std::string_view raw, std::string_view error) const;

 private:
  void append_csv_row(std::string& out, std::string_view row, std::string_view message) const;

  RejectFormat format_;
  std::optional<std::size_t> earlier_error_;  ///< the column with the error of an earlier run
};

}  // namespace payferry
