#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <variant>

#include "model/instant.hpp"

namespace date {
class time_zone;
}

namespace payferry {

/// A reading of the clock on the wall, "HH:MM", from midnight.
struct ClockTime {
  std::chrono::minutes since_midnight{};

  friend bool operator==(const ClockTime&, const ClockTime&) = default;
};

/// --deadline HH:MM|DURATION: when a run stops, to go on another day.
using StopTime = std::variant<ClockTime, std::chrono::milliseconds>;

/// "06:30", "2h", "90m".
tl::expected<StopTime, std::string> parse_stop_time(std::string_view text);

/// The moment that is meant: a time of day is the next such one after `now` in `zone`, which is
/// asked for only then.
Instant resolve(const StopTime& stop_time, Instant now,
                const std::function<const date::time_zone&()>& zone);

}  // namespace payferry
