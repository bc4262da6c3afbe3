#include "model/wrapped_text.hpp"

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

std::string wrapped_line(std::string_view line) {
  const std::size_t begin = line.find_first_not_of(' ');
  const std::size_t gap = line.find("  ", begin);
  const std::size_t behind_gap = line.find_first_not_of(' ', gap);
  const bool has_gap = behind_gap < kTextColumns / 2;  // else it is no column of a list
  const std::string_view first = line.substr(0, has_gap ? behind_gap : begin);
  const std::size_t indent = has_gap ? count_characters(first) : begin + 2;
  return wrapped(line.substr(first.size()), first, std::string(indent, ' '));
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
    const bool stays = count_characters(line) <= kTextColumns || line.starts_with("  payferry ");
    out += stays ? std::string(line) + "\n" : wrapped_line(line);
  }
  return out;
}

}  // namespace payferry
