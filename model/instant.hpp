#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace payferry {

/// A moment on the wall clock, UTC, to the millisecond: HubSpot's own resolution.
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

/// "2026-11-23T10:00:00.123Z", the form in which HubSpot takes and gives moments (contract §5.4).
using Iso8601 = std::array<char, 24>;
Iso8601 iso8601(Instant instant);
std::string to_iso8601(Instant instant);
void append_iso8601(std::string& out, Instant instant);

/// "2026-11-23"
void append_iso8601_day(std::string& out, std::chrono::local_days day);

/// Reads "2026-11-23T10:00:00Z" with zero to nine decimals of a second and "Z" or an offset
/// "+01:00".
std::optional<Instant> parse_iso8601(std::string_view text);

/// Reads the Date header of HTTP, "Mon, 23 Nov 2026 10:00:00 GMT".
std::optional<Instant> parse_http_date(std::string_view text);

}  // namespace payferry
