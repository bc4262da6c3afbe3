#include "loader/source/csv_reader.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "loader/source/column_match.hpp"
#include "loader/source/csv_cell.hpp"
#include "loader/source/text_encoding.hpp"
#include "loader/source/text_scan.hpp"
#include "model/counted.hpp"
#include "model/reject_marks.hpp"
#include "model/shown_value.hpp"

namespace payferry {

namespace {

// A header is read once and may be long where there are very many columns.
constexpr std::size_t kMaxHeaderBytes = 16 * 1024 * 1024;

std::string_view trim_blanks(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

std::string cells_text(std::size_t count) {
  return counted(count, "cell");
}

}  // namespace

CsvReader::CsvReader(ReadWindow window, ReaderOptions options)
    : TextReader(std::move(window), std::move(options)), row_(options_.delimiter) {}

tl::expected<std::unique_ptr<CsvReader>, InputError> CsvReader::open(ReadWindow window,
                                                                     ReaderOptions options) {
  std::unique_ptr<CsvReader> reader(new CsvReader(std::move(window), std::move(options)));
  if (auto error = reader->read_header()) return tl::unexpected(std::move(*error));
  return reader;
}

InputError CsvReader::header_error(const std::string& what) const {
  return InputError(options_.name + ", header (line " + std::to_string(position().line.value()) +
                    "): " + what);
}

std::optional<InputError> CsvReader::read_header() {
  if (!find_record()) {
    if (source_broke()) return InputError(broken()->message + ".");
    return InputError(options_.name + " has no header: it holds nothing but blank lines.");
  }
  switch (find_row(std::max(kMaxHeaderBytes, options_.max_record_bytes))) {
    case Find::row:
      break;
    case Find::too_long:
      if (row_.in_quotes()) return header_error("a quote is not closed.");
      return header_error("it is longer than a header may be (16 MiB).");
    case Find::unclosed_quote:
      return header_error("a quote is not closed.");
    case Find::text_after_quote:
      return header_error("text follows a closing quote.");
    case Find::cut_off:
      break_off();
      return InputError(broken()->message + ".");
  }
  return take_columns();
}

std::optional<InputError> CsvReader::take_columns() {
  const std::string_view text = window_.held().substr(0, row_.text_bytes());
  if (text.find('\0') != text.npos) {
    return header_error("it holds NUL bytes; is the file UTF-16? Convert it to UTF-8 first.");
  }
  if (find_invalid(options_.encoding, text)) {
    return header_error("it is not valid " + std::string(to_string(options_.encoding)) +
                        "; set input.encoding to what the file is written in.");
  }
  raw_header_ = text;
  const std::size_t bytes = row_.bytes();
  const std::uint64_t lines = row_.lines_in_quotes() + 1;
  convert_cells(text);
  std::unordered_map<std::string_view, std::size_t> places;
  columns_.reserve(row_.cell_count());
  for (const std::string_view cell : row_.cells()) {
    const std::string& name = columns_.emplace_back(trim_blanks(cell));
    holds_rejects_ = holds_rejects_ || name == kRejectColumn;
    if (name.empty() || name == kRejectColumn) continue;
    const auto [first, is_new] = places.emplace(name, columns_.size());
    if (is_new) continue;
    return header_error("the column " + shown_value(name) + " stands there twice, as the " +
                        std::to_string(first->second) + ". and the " +
                        std::to_string(columns_.size()) + ". column; rename one of them.");
  }
  row_.keep_cells(columns_.size());
  consume(bytes, lines);
  return std::nullopt;
}

CsvReader::Find CsvReader::find_row(std::size_t max_bytes) {
  for (;;) {
    const std::string_view held = window_.held();
    const std::string_view scope = held.substr(0, max_bytes + kLongestLineEnd);
    const bool ends = window_.at_end() && !source_broke() && scope.size() == held.size();
    switch (row_.scan(scope, ends)) {
      case CsvRow::Scan::complete:
        return row_.text_bytes() <= max_bytes ? Find::row : Find::too_long;
      case CsvRow::Scan::unclosed_quote:
        return Find::unclosed_quote;
      case CsvRow::Scan::text_after_quote:
        return Find::text_after_quote;
      case CsvRow::Scan::incomplete:
        break;
    }
    if (scope.size() == max_bytes + kLongestLineEnd) return Find::too_long;
    if (!window_.fill() && source_broke()) return Find::cut_off;
  }
}

bool CsvReader::next(Record& record) {
  record.error.reset();
  if (!find_record()) return false;
  const Find find = find_row(options_.max_record_bytes);
  switch (find) {
    case Find::row:
      take_row(record);
      return true;
    case Find::too_long:
      take_long_row(record);
      return true;
    case Find::cut_off:
      return end_here();
    case Find::unclosed_quote:
    case Find::text_after_quote:
      break;
  }
  return refuse_bad_quotes(record, find);
}

bool CsvReader::end_here() {
  break_off();
  return false;
}

void CsvReader::take_row(Record& record) {
  begin_record(record);
  record.raw = window_.held().substr(0, row_.text_bytes());
  record.cells = row_.cells();
  const std::size_t bytes = row_.bytes();
  const std::uint64_t lines = row_.lines_in_quotes() + 1;
  if (holds_rejects_ && holds_cut_mark(record.raw)) {
    refuse(record, "RECORD_TOO_LONG", std::string(kCutMessage));
  } else if (row_.cell_count() != columns_.size()) {
    check_cell_count(record);
  } else if (!row_.plain()) {
    check_text(record);
  }
  consume(bytes, lines);
}

void CsvReader::check_cell_count(Record& record) {
  const bool more = row_.cell_count() > columns_.size();
  refuse(record, "RAGGED_ROW",
         "the row has " + cells_text(row_.cell_count()) + ", the header has " +
             cells_text(columns_.size()) + "; " +
             (more ? "put a cell that holds the delimiter in quotes"
                   : "fill in what is missing, or end it with delimiters"));
}

void CsvReader::check_text(Record& record) {
  const auto find_nul = [](std::string_view text) { return text.find('\0') != text.npos; };
  const auto find_bad = [this](std::string_view text) {
    return find_invalid(options_.encoding, text).has_value();
  };
  if (find_nul(record.raw)) {
    return refuse(record, "NUL_BYTE", "the row holds a NUL byte; remove it", column_of(find_nul));
  }
  if (find_bad(record.raw)) {
    const bool utf8 = options_.encoding == InputEncoding::utf8;
    return refuse(record, utf8 ? "INVALID_UTF8" : "INVALID_ENCODING",
                  "the text is not valid " + std::string(to_string(options_.encoding)) +
                      "; mend it, or set input.encoding to what the file is written in",
                  column_of(find_bad));
  }
  if (options_.encoding == InputEncoding::utf8) return;
  convert_cells(record.raw);
  record.cells = row_.cells();
}

template <class FindBad>
std::string CsvReader::column_of(FindBad find_bad) const {
  const auto cells = row_.cells();
  const auto bad = std::find_if(cells.begin(), cells.end(), find_bad);
  return bad == cells.end() ? std::string()
                            : columns_[static_cast<std::size_t>(bad - cells.begin())];
}

/// ASCII stands for itself in every encoding here, so that the converted row has the same
/// structure.
void CsvReader::convert_cells(std::string_view text) {
  converted_.clear();
  append_as_utf8(converted_, options_.encoding, text);
  const std::size_t bytes = converted_.size();
  converted_.append(kScanBlockBytes, ' ');
  row_.scan(std::string_view(converted_).substr(0, bytes), true);
}

void CsvReader::take_long_row(Record& record) {
  begin_long_record(record);
  mark_cut(record);
  const CsvRowSkip row = skip_row();
  if (row.in_quotes() && !source_broke()) {
    refuse_unclosed(record, "all that follows was taken for the text of its cell");
  } else if (row.closed_by_another()) {
    const std::uint64_t last_line = record.position.line.value() + row.lines_in_quotes();
    refuse_unclosed(record, "what follows as far as line " + std::to_string(last_line) +
                                " was taken for the text of its cell");
  } else {
    refuse_too_long(record);
  }
}

/// A line whose quotes go wrong.
void CsvReader::take_long_line(Record& record) {
  begin_long_record(record);
  mark_cut(record);
  skip_line();
  refuse_too_long(record);
}

/// Puts the mark in place of the cell that was cut: in the file of rejects, quotes that stay open
/// would swallow what follows. Of a single cell without quotes the beginning stays, to tell the
/// row by.
void CsvReader::mark_cut(Record& record) {
  CsvRowSkip beginning(options_.delimiter);
  beginning.find_end(kept_raw_);
  const std::size_t cell = beginning.cell_begin();
  std::string last;
  if (cell == 0 && !kept_raw_.starts_with('"')) last = kept_raw_;
  kept_raw_.resize(cell);
  append_csv_cell(kept_raw_, last.append(kCutMark), options_.delimiter);
  record.raw = kept_raw_;
}

CsvRowSkip CsvReader::skip_row() {
  CsvRowSkip row(options_.delimiter);
  do {
    const std::uint64_t lines_before = row.lines_in_quotes();
    const std::size_t held = window_.held().size();
    const std::size_t end = row.find_end(window_.held());
    const std::uint64_t lines = row.lines_in_quotes() - lines_before;
    if (end < held) {
      consume(end + line_end_bytes(end), lines + 1);
      return row;
    }
    consume(held, lines);
  } while (window_.fill());
  return row;
}

void CsvReader::refuse_unclosed(Record& record, const std::string& what_was_left_out) {
  const std::string line = std::to_string(record.position.line.value());
  refuse(record, "UNCLOSED_QUOTE",
         "a quote opens in line " + line +
             " and is not closed; close it, or double it where it is text");
  note_broken_row(record.position, options_.name + ": a quote opens in line " + line +
                                       " and is not closed; that row is invalid, " +
                                       what_was_left_out);
}

bool CsvReader::refuse_bad_quotes(Record& record, Find find) {
  const auto line = find_line();
  if (!line && line.error() == LineFault::cut_off) return end_here();
  if (!line) {
    take_long_line(record);
    return true;
  }
  begin_record(record);
  record.raw = window_.held().substr(0, line->text_bytes);
  record.cells = {};
  if (find == Find::text_after_quote) {
    refuse(record, "TEXT_AFTER_QUOTE",
           "text follows a closing quote; double the quotes inside a quoted cell");
  } else {
    refuse_unclosed(record, "reading went on with the next line");
  }
  consume(line->bytes, 1);
  return true;
}

}  // namespace payferry
