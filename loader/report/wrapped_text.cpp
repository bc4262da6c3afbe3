#include "loader/report/wrapped_text.hpp"

#include <algorithm>

#include "model/shown_value.hpp"

namespace payferry {

namespace {

std::string_view take_word(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \n"), text.size()));
  const std::string_view word = text.substr(0, text.find_first_of(" \n"));
  text.remove_prefix(word.size());
  return word;
}

}  // namespace

std::string wrapped(std::string_view text, std::string_view first, std::string_view rest) {
  std::string out;
  std::string line(first);
  bool has_words = false;
  for (std::string_view word = take_word(text); !word.empty(); word = take_word(text)) {
    if (has_words && count_characters(line) + 1 + count_characters(word) > kTextColumns) {
      out += line + "\n";
      line = rest;
      has_words = false;
    }
    if (has_words) line += ' ';
    line += word;
    has_words = true;
  }
  return out + line + "\n";
}

std::string wrapped_lines(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    const std::string_view indent = line.substr(0, line.find_first_not_of(' '));
    const bool fits = count_characters(line) <= kTextColumns;
    out += fits ? std::string(line) + "\n" : wrapped(line, indent, std::string(indent) + "  ");
  }
  return out;
}

}  // namespace payferry
