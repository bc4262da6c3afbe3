#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "loader/source/text_scan.hpp"

namespace payferry {

/// The first quote, backslash or control character from `at` on, or `end`.
inline const char* find_string_mark(const char* at, const char* end) {
  constexpr std::size_t kStepBytes = 16;  // most strings are short
  for (; at < end; at += kStepBytes) {
    const ScanBytes<kStepBytes> step(at);
    const std::uint64_t marks = step.equal_to('"') | step.equal_to('\\') | step.control();
    if (marks != 0) return std::min(end, at + std::countr_zero(marks));
  }
  return end;
}

/// Length of the escape that `text` begins with; 0 where it is none.
std::size_t escape_length(std::string_view text);

/// Writes `text`, whose escapes are well-formed, unescaped to `out`, which has room for as many
/// bytes. Returns the end of what was written; null where an escape is half a surrogate pair or
/// NUL.
char* unescape(std::string_view text, char* out);

}  // namespace payferry
