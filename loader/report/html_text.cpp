#include "loader/report/html_text.hpp"

#include <limits>

#include "model/clean_text.hpp"

namespace payferry {

std::string html_text(std::string_view text) {
  std::string out;
  for (const char character : clean_text(text, std::numeric_limits<std::size_t>::max())) {
    switch (character) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out.push_back(character);
    }
  }
  return out;
}

}  // namespace payferry
