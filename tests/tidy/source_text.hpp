#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace payferry::test {

/// A C++ source without what is not code.
struct SourceText {
  std::string code;  ///< as long as the source; comments and what stands in quotes are blanks
  std::set<std::size_t> golden_lines;  ///< touched by a raw string, from 1
};

/// Knows comments, strings, raw strings, characters and digit separators.
SourceText read_source(std::string_view source);

/// Without the line ends; the first one is line 1 at place 0.
std::vector<std::string_view> lines_of(std::string_view text);

/// Names and numbers whole, `::`, `->`, `&&` and `[[` as one, all else by character.
struct Token {
  std::string_view text;
  std::size_t line = 0;
};
std::vector<Token> tokens_of(std::string_view code);

/// The token is a name, a keyword or a number.
bool is_word(const Token& token);

}  // namespace payferry::test
