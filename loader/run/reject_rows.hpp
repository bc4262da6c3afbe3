#pragma once

#include <string>
#include <string_view>

namespace payferry {

/// How the source writes its rows, so that a file of rejects can be mended and loaded again with
/// the same config.
struct RejectFormat {
  bool csv = true;
  std::string header;  ///< the source's own header line, without its line end
  char delimiter = ',';
  bool utf8 =
      true;  ///< false: the added message is kept to ASCII, which every encoding here shares
};

/// Writes rows of rejects.csv and unknown.csv, or their NDJSON forms: the row as it stood in the
/// source (card numbers masked) with `payferry_error` added.
class RejectRows {
 public:
  explicit RejectRows(RejectFormat format) : format_(std::move(format)) {}

  bool csv() const { return format_.csv; }
  /// The line that starts a new file; nothing for NDJSON.
  void append_header(std::string& out) const;
  void append_row(std::string& out, std::string_view raw, std::string_view error) const;

 private:
  static void append_csv_cell(std::string& out, std::string_view text);

  RejectFormat format_;
};

}  // namespace payferry
