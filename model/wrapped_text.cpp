#include "model/wrapped_text.hpp"

#include <algorithm>

#include "model/shown_value.hpp"

namespace payferry {

namespace {

/// One blank, or a line end with the blanks around it. More blanks than one are part of what is
/// told, as in a path.
bool is_break(std::string_view gap) {
  return gap.size() == 1 || gap.find('\n') != gap.npos;
}

std::size_t end_of_word(std::string_view text) {
  for (std::size_t end = text.find_first_of(" \n"); end < text.size();) {
    const std::size_t behind = std::min(text.find_first_not_of(" \n", end), text.size());
    if (behind == text.size() || is_break(text.substr(end, behind - end))) return end;
    end = text.find_first_of(" \n", behind);
  }
  return text.size();
}

std::string_view take_word(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \n"), text.size()));
  const std::string_view word = text.substr(0, end_of_word(text));
  text.remove_prefix(word.size());
  return word;
}

std::string wrapped_sentence(std::string_view line) {
  return line.starts_with(' ') ? std::string(line) + "\n" : wrapped(line, "", "  ");
}

std::string wrapped_option(std::string_view line) {
  if (line.starts_with("  payferry ")) return std::string(line) + "\n";
  const std::size_t begin = line.find_first_not_of(' ');
  const std::size_t gap = line.find("  ", begin);
  const std::size_t behind_gap = line.find_first_not_of(' ', gap);
  const bool has_gap = behind_gap < kTextColumns / 2;  // else it is no column of a list
  const std::string_view first = line.substr(0, has_gap ? behind_gap : begin);
  const std::size_t indent = has_gap ? count_characters(first) : begin + 2;
  return wrapped(line.substr(first.size()), first, std::string(indent, ' '));
}

std::string wrapped_each(std::string_view text, std::string (*wrap)(std::string_view line)) {
  std::string out;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    out += count_characters(line) <= kTextColumns ? std::string(line) + "\n" : wrap(line);
  }
  return out;
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
  return wrapped_each(text, wrapped_sentence);
}

std::string wrapped_options(std::string_view text) {
  return wrapped_each(text, wrapped_option);
}

}  // namespace payferry
