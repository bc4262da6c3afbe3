#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace payferry {

/// Finds the end of a CSV row that is too long to be held, piece by piece, by the rules of CsvRow.
class CsvRowSkip {
 public:
  explicit CsvRowSkip(char delimiter) : delimiter_(delimiter) {}

  /// Goes on in `text`, which follows what was seen. Returns where in it the line end of the row
  /// is; its size if there is none.
  std::size_t find_end(std::string_view text);

  // Of what was seen of the row:
  bool in_quotes() const { return state_ == State::quoted; }
  /// A quote was closed on a later line by what opens another cell.
  bool closed_by_another() const { return closed_by_another_; }
  std::uint64_t lines_in_quotes() const { return lines_in_quotes_; }
  std::size_t cell_begin() const { return cell_begin_; }  ///< of the last cell

 private:
  enum class State {
    cell_begin,
    unquoted,
    quoted,
    quote_in_quoted,  ///< the closing one, or the first half of a doubled one
    behind_quoted,
    text_behind_quoted,
  };

  void take(char byte);
  void take_in_quotes(char byte);
  void take_behind_quoted(char byte);
  void begin_cell();

  char delimiter_;
  State state_ = State::cell_begin;
  char before_ = 0;
  bool closed_by_another_ = false;
  std::uint64_t lines_in_quotes_ = 0;
  std::size_t seen_ = 0;
  std::size_t cell_begin_ = 0;
};

}  // namespace payferry
