#pragma once

#include <cstddef>
#include <string_view>

namespace payferry::bench {

/// How many lines `text` has: the least that any reader of lines must do.
std::size_t count_lines(std::string_view text);

}  // namespace payferry::bench
