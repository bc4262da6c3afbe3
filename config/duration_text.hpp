#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace payferry {

/// Reads "500ms", "10s", "2m", "1h", "1h30m". At most 366 days; nothing for what is no such text.
std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);

/// The shortest text that parse_duration reads back: "110s", "2m", "500ms".
std::string to_duration_text(std::chrono::milliseconds duration);

}  // namespace payferry
