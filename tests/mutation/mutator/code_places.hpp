#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace payferry::test {

/// Where the word stands as a word of its own.
std::vector<std::size_t> places_of_word(std::string_view code, std::string_view word);

/// Where what is opened at `open` (a bracket of any kind but <) is closed; npos if it is not.
std::size_t closing_bracket(std::string_view code, std::size_t open);

/// The next place of `wanted` outside any brackets that are opened on the way; npos if there is
/// none before the brackets around it end.
std::size_t find_outside_brackets(std::string_view code, std::size_t from, char wanted);

bool is_word_character(char c);

}  // namespace payferry::test
