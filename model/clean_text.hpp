#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace payferry {

/// Longest text of an error that is kept: HubSpot may list thousands of allowed options (contract
/// §3.3).
inline constexpr std::size_t kMaxErrorTextBytes = 1000;

/// Makes a text from outside fit for a log line: valid UTF-8 (U+FFFD for what is not), control
/// characters as blanks, and cut with "…" behind `max_bytes`.
std::string clean_text(std::string_view text, std::size_t max_bytes = kMaxErrorTextBytes);

/// Replaces what is not UTF-8 by U+FFFD.
std::string valid_utf8(std::string_view text);

}  // namespace payferry
