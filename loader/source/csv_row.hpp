#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>
#include <vector>

namespace payferry {

/// Finds the first row of a CSV text and its cells (RFC 4180; lines end with LF, CRLF or CR). Cells
/// are views into the text, those with doubled quotes into a buffer of the row's own. Reused from
/// row to row, without allocating.
///
/// A cell is quoted if its first byte is a quote; a quote further on in an unquoted cell is text.
/// Blanks may stand between a closing quote and the delimiter.
class CsvRow {
 public:
  enum class Scan {
    complete,
    incomplete,      ///< the row goes on behind `text`
    unclosed_quote,  ///< at the end of the content, or closed on a later line by what opens another
                     ///< cell
    text_after_quote,  ///< something other than the delimiter follows a closing quote on the same
                       ///< line
  };

  explicit CsvRow(char delimiter) : delimiter_(delimiter) {}

  /// Cells beyond `count` are counted but not kept.
  void keep_cells(std::size_t count) { kept_cells_ = count; }

  /// `text` starts where the row starts; kScanBlockBytes behind it must be readable. `at_end`:
  /// nothing follows it.
  Scan scan(std::string_view text, bool at_end);

  // Of a complete row:
  std::size_t cell_count() const { return cell_count_; }
  std::span<const std::string_view> cells() const { return {cells_.data(), kept_count()}; }
  std::size_t bytes() const { return bytes_; }  ///< with its line end
  /// Every byte is from 1 to 127. May be false without need.
  bool plain() const { return plain_; }

  // Of any row, as far as the scan came:
  std::size_t text_bytes() const { return text_bytes_; }              ///< without the line end
  std::uint64_t lines_in_quotes() const { return lines_in_quotes_; }  ///< line ends inside quotes
  bool in_quotes() const { return in_quotes_; }

 private:
  class Pass;

  void begin_row();
  void add_cell(const char* begin, const char* end);
  void unescape_cells();
  std::size_t kept_count() const { return cell_count_ < kept_cells_ ? cell_count_ : kept_cells_; }

  char delimiter_;
  std::size_t kept_cells_ = std::numeric_limits<std::size_t>::max();
  std::vector<std::string_view> cells_;  ///< of any row so far; cell_count_ of them count
  std::size_t cell_count_ = 0;
  std::vector<std::size_t> escaped_;  ///< cells with doubled quotes
  std::vector<char> unescaped_;
  std::size_t text_bytes_ = 0;
  std::size_t bytes_ = 0;
  std::uint64_t lines_in_quotes_ = 0;
  bool in_quotes_ = false;
  bool plain_ = true;
};

}  // namespace payferry
