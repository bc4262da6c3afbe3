#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace payferry {

/// What fits every terminal without wrapping.
inline constexpr std::size_t kTextColumns = 79;

/// The words of `text` in lines of at most kTextColumns, each with its line end. The first begins
/// with `first`, the others with `rest`. A word that is longer than a line is not cut: it may be a
/// path.
std::string wrapped(std::string_view text, std::string_view first, std::string_view rest);

/// The same from the first column on.
inline std::string paragraph(std::string_view text) {
  return wrapped(text, "", "");
}

/// A text of several lines, its long ones wrapped: what follows stands two blanks further in, or
/// below what stands behind a gap, as in a list of options. A command of payferry's that stands in
/// a line of its own is to be pasted, and stays whole.
std::string wrapped_lines(std::string_view text);

}  // namespace payferry
