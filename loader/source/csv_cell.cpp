#include "loader/source/csv_cell.hpp"

namespace payferry {

void append_quoted_cell(std::string& out, std::string_view text) {
  out.push_back('"');
  for (const char byte : text) {
    if (byte == '"') out.push_back('"');
    out.push_back(byte);
  }
  out.push_back('"');
}

void append_csv_cell(std::string& out, std::string_view text, char delimiter) {
  if (text.find_first_of("\"\r\n") == text.npos && text.find(delimiter) == text.npos) {
    out.append(text);
  } else {
    append_quoted_cell(out, text);
  }
}

}  // namespace payferry
