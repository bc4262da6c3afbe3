#include "loader/source/row_order.hpp"

#include <utility>

#include "loader/source/column_match.hpp"

namespace payferry {

namespace {

/// Where the quoted cell at the beginning of `text` has its closing quote; npos if it has none.
std::size_t closing_quote(std::string_view text) {
  for (std::size_t at = text.find('"', 1); at != text.npos; at = text.find('"', at + 2)) {
    if (at + 1 == text.size() || text[at + 1] != '"') return at;
  }
  return text.npos;
}

std::string_view cell_at(const std::vector<std::string_view>& cells, std::size_t place) {
  return place == kNoCell ? std::string_view() : cells[place];
}

}  // namespace

RowOrder::RowOrder(std::vector<std::size_t> places, std::size_t columns, char delimiter,
                   std::string file_name)
    : places_(std::move(places)),
      columns_(columns),
      delimiter_(delimiter),
      file_name_(std::move(file_name)) {}

void RowOrder::apply(Record& record) {
  split(record.raw);
  if (raw_cells_.size() == columns_) {
    join();
    record.raw = raw_;
  } else if (record.error) {
    record.error->message += "; its cells stand in the order of " + file_name_;
  }
  if (record.error) return;
  cells_.clear();
  for (const std::size_t place : places_) {
    cells_.push_back(place == kNoCell ? std::string_view() : record.cells[place]);
  }
  record.cells = cells_;
}

/// The cells with their quotes; none where a quote is not closed.
void RowOrder::split(std::string_view raw) {
  raw_cells_.clear();
  for (;;) {
    const std::size_t from = raw.starts_with('"') ? closing_quote(raw) : 0;
    if (from == raw.npos) return raw_cells_.clear();
    const std::size_t end = raw.find(delimiter_, from);
    raw_cells_.push_back(raw.substr(0, end));
    if (end == raw.npos) return;
    raw.remove_prefix(end + 1);
  }
}

void RowOrder::join() {
  raw_.clear();
  for (std::size_t i = 0; i < places_.size(); ++i) {
    if (i > 0) raw_.push_back(delimiter_);
    raw_.append(cell_at(raw_cells_, places_[i]));
  }
}

}  // namespace payferry
