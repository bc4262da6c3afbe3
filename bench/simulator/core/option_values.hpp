#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace payferry::simulator {

/// Reads "800ms", "10s", "5min" or "1h".
std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);

/// "5%" as 0.05; nothing for what is no percentage from 0 to 100.
std::optional<double> parse_percent(std::string_view text);

}  // namespace payferry::simulator
