#include "loader/source/csv_row.hpp"

#include <algorithm>
#include <optional>

#include "loader/source/text_scan.hpp"

namespace payferry {

/// One pass over a row, from one byte that may structure it to the next: delimiters, quotes and
/// line ends.
class CsvRow::Pass {
 public:
  Pass(CsvRow& row, std::string_view text, bool at_end)
      : row_(row),
        begin_(text.data()),
        end_(text.data() + text.size()),
        block_(text.data()),
        at_end_(at_end) {
    load_block();
  }

  Scan run() {
    const char* cell = begin_;
    for (;;) {
      const char* mark = next_mark();
      if (mark != end_ && *mark == '"') {
        if (mark != cell) continue;
        if (const auto stopped = quoted_cell(mark)) return *stopped;
      } else {
        row_.add_cell(cell, mark);
      }
      if (mark == end_ || *mark != row_.delimiter_) return end_row(mark);
      cell = mark + 1;
    }
  }

 private:
  void load_block() {
    const ScanBlock block(block_);
    const std::uint64_t inside = first_bits(static_cast<std::size_t>(end_ - block_));
    marks_ = inside & block.equal_to(row_.delimiter_, '"', '\n', '\r');
    row_.plain_ = row_.plain_ && (~block.plain() & inside) == 0;
  }

  /// The end of the text when there is none left.
  const char* next_mark() {
    while (marks_ == 0) {
      if (end_ - block_ <= static_cast<std::ptrdiff_t>(kScanBlockBytes)) return end_;
      block_ += kScanBlockBytes;
      load_block();
    }
    const char* mark = block_ + std::countr_zero(marks_);
    marks_ &= marks_ - 1;
    return mark;
  }

  /// Goes on from the opening quote at `mark` to what ends the cell; a result where the cell cannot
  /// be used.
  std::optional<Scan> quoted_cell(const char*& mark) {
    const char* const text = mark + 1;
    const char* const close = closing_quote();
    if (close == nullptr) return stop_in_quotes();
    mark = next_mark();
    if (mark == end_ && !at_end_) return Scan::incomplete;
    const bool ends = mark == end_ || *mark != '"';
    if (!ends || !only_blanks(close + 1, mark)) return stop_after_quotes();
    row_.add_cell(text, close);
    return std::nullopt;
  }

  /// Null where the text ends first.
  const char* closing_quote() {
    bool escaped = false;
    for (;;) {
      const char* const mark = next_mark();
      if (mark == end_) return nullptr;
      if (*mark != '"') {
        if (*mark != row_.delimiter_) note_line_end(mark);
      } else if (mark + 1 != end_ && mark[1] == '"') {
        next_mark();
        escaped = true;
      } else if (mark + 1 == end_ && !at_end_) {
        return nullptr;  // the other half of a doubled quote may follow
      } else {
        if (escaped) row_.escaped_.push_back(row_.cell_count_);
        return mark;
      }
    }
  }

  void note_line_end(const char* mark) {
    if (*mark == '\r' || mark[-1] != '\r') ++row_.lines_in_quotes_;
  }

  static bool only_blanks(const char* from, const char* to) {
    return std::all_of(from, to, [](char byte) { return byte == ' ' || byte == '\t'; });
  }

  Scan stop_in_quotes() {
    row_.in_quotes_ = true;
    return at_end_ ? Scan::unclosed_quote : Scan::incomplete;
  }

  /// After a line end inside quotes, it is the quote further up that is to blame: it was never
  /// closed, and what closed it was meant to open another cell.
  Scan stop_after_quotes() const {
    return row_.lines_in_quotes_ > 0 ? Scan::unclosed_quote : Scan::text_after_quote;
  }

  Scan end_row(const char* mark) {
    row_.text_bytes_ = static_cast<std::size_t>(mark - begin_);
    const bool may_be_half = mark == end_ || (*mark == '\r' && mark + 1 == end_);
    if (may_be_half && !at_end_) return Scan::incomplete;
    const bool two = mark != end_ && *mark == '\r' && mark + 1 != end_ && mark[1] == '\n';
    row_.bytes_ = row_.text_bytes_ + (mark == end_ ? 0 : two ? 2 : 1);
    return Scan::complete;
  }

  CsvRow& row_;
  const char* const begin_;
  const char* const end_;
  const char* block_;
  const bool at_end_;
  std::uint64_t marks_ = 0;
};

CsvRow::Scan CsvRow::scan(std::string_view text, bool at_end) {
  begin_row();
  text_bytes_ = text.size();
  const Scan result = Pass(*this, text, at_end).run();
  if (result == Scan::complete && !escaped_.empty()) unescape_cells();
  return result;
}

void CsvRow::begin_row() {
  cell_count_ = 0;
  escaped_.clear();
  lines_in_quotes_ = 0;
  in_quotes_ = false;
  plain_ = true;
}

inline void CsvRow::add_cell(const char* begin, const char* end) {
  const std::size_t index = cell_count_++;
  if (index >= kept_cells_) return;
  if (index == cells_.size()) cells_.emplace_back();
  cells_[index] = std::string_view(begin, static_cast<std::size_t>(end - begin));
}

void CsvRow::unescape_cells() {
  unescaped_.resize(
      std::max(unescaped_.size(), text_bytes_));  // at once, since views point into it
  char* out = unescaped_.data();
  for (const std::size_t index : escaped_) {
    if (index >= kept_cells_) break;
    std::string_view& cell = cells_[index];
    const char* const begin = out;
    for (std::size_t at = 0; at < cell.size(); ++at) {
      *out++ = cell[at];
      if (cell[at] == '"') ++at;
    }
    cell = std::string_view(begin, static_cast<std::size_t>(out - begin));
  }
}

}  // namespace payferry
