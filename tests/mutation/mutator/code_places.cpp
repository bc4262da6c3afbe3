#include "mutation/mutator/code_places.hpp"

#include <cctype>

namespace payferry::test {

namespace {

bool opens(char c) {
  return c == '(' || c == '[' || c == '{';
}

bool closes(char c) {
  return c == ')' || c == ']' || c == '}';
}

}  // namespace

bool is_word_character(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

std::vector<std::size_t> places_of_word(std::string_view code, std::string_view word) {
  std::vector<std::size_t> places;
  for (std::size_t at = code.find(word); at != std::string_view::npos;
       at = code.find(word, at + word.size())) {
    const std::size_t end = at + word.size();
    const bool begins = at == 0 || !is_word_character(code[at - 1]);
    const bool ends = end == code.size() || !is_word_character(code[end]);
    if (begins && ends) places.push_back(at);
  }
  return places;
}

std::size_t closing_bracket(std::string_view code, std::size_t open) {
  std::size_t depth = 0;
  for (std::size_t at = open; at < code.size(); ++at) {
    if (opens(code[at])) ++depth;
    if (closes(code[at]) && --depth == 0) return at;
  }
  return std::string_view::npos;
}

std::size_t find_outside_brackets(std::string_view code, std::size_t from, char wanted) {
  for (std::size_t at = from; at < code.size(); ++at) {
    if (code[at] == wanted) return at;
    if (closes(code[at])) break;
    if (opens(code[at])) at = closing_bracket(code, at);
    if (at == std::string_view::npos) break;
  }
  return std::string_view::npos;
}

}  // namespace payferry::test
