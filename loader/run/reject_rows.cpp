#include "loader/run/reject_rows.hpp"

#include <algorithm>

#include "loader/run/masked_row.hpp"
#include "loader/source/column_match.hpp"
#include "loader/source/csv_cell.hpp"
#include "loader/source/csv_row_skip.hpp"
#include "model/json_reader.hpp"
#include "model/json_text.hpp"

namespace payferry {

namespace {

constexpr std::string_view kColumn = kRejectColumn;

bool is_ascii(char byte) {
  return static_cast<unsigned char>(byte) < 0x80;
}

std::string one_line(std::string_view text, bool utf8) {
  std::string line(text);
  std::replace_if(
      line.begin(), line.end(), [](char byte) { return byte == '\n' || byte == '\r'; }, ' ');
  if (!utf8)
    std::replace_if(
        line.begin(), line.end(), [](char byte) { return !is_ascii(byte); }, '?');
  return line;
}

/// The cells of a row, with their quotes; none where a quote is not closed.
std::vector<std::string_view> raw_cells(std::string_view row, char delimiter) {
  std::vector<std::string_view> cells;
  CsvRowSkip skip(delimiter);
  std::size_t begin = 0;
  for (std::size_t at = 0; at < row.size(); ++at) {
    skip.find_end(row.substr(at, 1));
    if (skip.cell_begin() != at + 1) continue;
    cells.push_back(row.substr(begin, at - begin));
    begin = at + 1;
  }
  cells.push_back(row.substr(begin));
  if (skip.in_quotes()) cells.clear();
  return cells;
}

std::string_view without_blanks_behind(std::string_view text) {
  return text.substr(0, text.find_last_not_of(" \t") + 1);
}

std::string_view without_blanks_before(std::string_view text) {
  return text.substr(std::min(text.find_first_not_of(" \t"), text.size()));
}

/// The text of a JSON object without its last brace, and without the error that an earlier run has
/// added as its last member.
std::string_view without_earlier_error(std::string_view object) {
  const std::string name = '"' + std::string(kColumn) + '"';
  const auto at = object.rfind(name);
  if (at == object.npos) return object;
  const std::string_view rest = without_blanks_before(object.substr(at + name.size()));
  if (!rest.starts_with(':')) return object;
  JsonReader error(rest.substr(1));
  if (error.kind() != JsonKind::string) return object;
  error.skip();
  if (!error.finished()) return object;
  const std::string_view before = without_blanks_behind(object.substr(0, at));
  if (before.ends_with(',')) return without_blanks_behind(before.substr(0, before.size() - 1));
  return without_blanks_before(before) == "{" ? before : object;
}

/// Adds the member to a JSON object that stands on one line; false where the line is none.
bool append_with_member(std::string& out, std::string_view object, std::string_view error) {
  const auto open = object.find_first_not_of(" \t");
  const auto close = object.find_last_not_of(" \t\r");
  if (open == std::string_view::npos || object[open] != '{' || object[close] != '}') return false;
  const std::string_view kept = without_earlier_error(object.substr(0, close));
  const bool has_members = kept.find_first_not_of(" \t", open + 1) != kept.npos;
  out.append(kept).append(has_members ? "," : "");
  append_json_string(out, kColumn);
  out.push_back(':');
  append_json_string(out, error);
  out.append("}\n");
  return true;
}

}  // namespace

RejectRows::RejectRows(RejectFormat format) : format_(std::move(format)) {
  const auto& columns = format_.columns;
  const auto last = std::find(columns.rbegin(), columns.rend(), kColumn);
  if (last != columns.rend()) earlier_error_ = static_cast<std::size_t>(columns.rend() - last) - 1;
}

void RejectRows::append_header(std::string& out) const {
  if (!format_.csv) return;
  out.append(format_.header);
  if (!earlier_error_) {
    out.push_back(format_.delimiter);
    out.append(kColumn);
  }
  out.append("\r\n");
}

void RejectRows::append_csv_row(std::string& out, std::string_view row,
                                std::string_view message) const {
  const auto cells =
      earlier_error_ ? raw_cells(row, format_.delimiter) : std::vector<std::string_view>();
  if (earlier_error_ && cells.size() == format_.columns.size()) {
    const std::string_view earlier = cells[*earlier_error_];
    const auto at = static_cast<std::size_t>(earlier.data() - row.data());
    out.append(row.substr(0, at));
    append_quoted_cell(out, message);
    out.append(row.substr(at + earlier.size()));
  } else {
    // With as many cells as the header it would be loaded next time, and the message with it.
    const bool would_be_whole = earlier_error_ && cells.size() + 1 == format_.columns.size();
    out.append(row).append(would_be_whole ? 2 : 1, format_.delimiter);
    append_quoted_cell(out, message);
  }
  out.append("\r\n");
}

void RejectRows::append_row(std::string& out, std::string_view raw, std::string_view error) const {
  const std::string masked =
      format_.csv ? masked_csv_row(raw, format_.delimiter, format_.columns, format_.card_like)
                  : masked_json_row(raw, format_.card_like);
  const std::string message = one_line(error, format_.utf8);
  if (format_.csv) {
    append_csv_row(out, masked, message);
  } else if (!append_with_member(out, masked, message)) {
    out.append(R"({"payferry_line":)");
    append_json_string(out, masked);
    out.push_back(',');
    append_json_string(out, kColumn);
    out.push_back(':');
    append_json_string(out, message);
    out.append("}\n");
  }
}

}  // namespace payferry
