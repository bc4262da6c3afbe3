#pragma once

#include <string>
#include <string_view>

namespace payferry {

/// A value of the source as messages show it: in quotes, card numbers masked, cut with "…" behind
/// 60 characters.
std::string shown_value(std::string_view value);

/// The same without the quotes.
std::string masked_beginning(std::string_view value);

/// Characters (code points) of valid UTF-8.
std::size_t count_characters(std::string_view text);

}  // namespace payferry
