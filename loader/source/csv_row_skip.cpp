#include "loader/source/csv_row_skip.hpp"

namespace payferry {

std::size_t CsvRowSkip::find_end(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool ends_line = text[at] == '\n' || text[at] == '\r';
    if (ends_line && !in_quotes()) return at;
    ++seen_;
    take(text[at]);
    before_ = text[at];
  }
  return text.size();
}

void CsvRowSkip::take(char byte) {
  switch (state_) {
    case State::cell_begin:
      if (byte == '"') {
        state_ = State::quoted;
      } else if (byte != delimiter_) {
        state_ = State::unquoted;
      } else {
        begin_cell();
      }
      return;
    case State::unquoted:
      if (byte == delimiter_) begin_cell();
      return;
    case State::quoted:
      return take_in_quotes(byte);
    case State::quote_in_quoted:
    case State::behind_quoted:
      return take_behind_quoted(byte);
    case State::text_behind_quoted:
      return;
  }
}

void CsvRowSkip::take_in_quotes(char byte) {
  if (byte == '"') state_ = State::quote_in_quoted;
  if (byte == '\r' || (byte == '\n' && before_ != '\r')) ++lines_in_quotes_;
}

void CsvRowSkip::take_behind_quoted(char byte) {
  if (byte == '"' && state_ == State::quote_in_quoted) {
    state_ = State::quoted;
  } else if (byte == delimiter_) {
    begin_cell();
  } else if (byte == ' ' || byte == '\t') {
    state_ = State::behind_quoted;
  } else {
    state_ = State::text_behind_quoted;
    closed_by_another_ = lines_in_quotes_ > 0;
  }
}

void CsvRowSkip::begin_cell() {
  state_ = State::cell_begin;
  cell_begin_ = seen_;
}

}  // namespace payferry
