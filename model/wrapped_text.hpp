#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace payferry {

/// What fits every terminal without wrapping.
inline constexpr std::size_t kTextColumns = 79;

/// The words of `text` in lines of at most kTextColumns, each with its line end. The first begins
/// with `first`, the others with `rest`. A word that is longer than a line is not cut, nor are
/// several blanks between words: they may be a path's.
std::string wrapped(std::string_view text, std::string_view first, std::string_view rest);

/// What is told, its long sentences wrapped; they go on two blanks further in. A line that begins
/// with a blank stays as it is: a command to be pasted, a path, a line of a table.
std::string wrapped_lines(std::string_view text);

/// A list of options, its long lines wrapped: what follows stands below what stands behind a gap,
/// or two blanks further in. An example of a command stays as it is.
std::string wrapped_options(std::string_view text);

}  // namespace payferry
