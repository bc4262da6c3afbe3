#include "loader/run/reject_rows.hpp"

#include <algorithm>

#include "loader/run/masked_row.hpp"
#include "model/json_text.hpp"

namespace payferry {

namespace {

constexpr std::string_view kColumn = "payferry_error";

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

/// Adds the member to a JSON object that stands on one line; false where the line is none.
bool append_with_member(std::string& out, std::string_view object, std::string_view error) {
  const auto open = object.find_first_not_of(" \t");
  const auto close = object.find_last_not_of(" \t\r");
  if (open == std::string_view::npos || object[open] != '{' || object[close] != '}') return false;
  const bool has_members = object.find_first_not_of(" \t", open + 1) != close;
  out.append(object.substr(0, close)).append(has_members ? "," : "");
  append_json_string(out, kColumn);
  out.push_back(':');
  append_json_string(out, error);
  out.append("}\n");
  return true;
}

}  // namespace

void RejectRows::append_header(std::string& out) const {
  if (!format_.csv) return;
  out.append(format_.header).push_back(format_.delimiter);
  out.append(kColumn).append("\r\n");
}

void RejectRows::append_row(std::string& out, std::string_view raw, std::string_view error) const {
  const std::string masked =
      format_.csv ? masked_csv_row(raw, format_.delimiter, format_.columns, format_.card_like)
                  : masked_json_row(raw, format_.card_like);
  const std::string message = one_line(error, format_.utf8);
  if (format_.csv) {
    out.append(masked).push_back(format_.delimiter);
    append_csv_cell(out, message);
    out.append("\r\n");
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
