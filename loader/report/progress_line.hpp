#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/instant.hpp"

namespace payferry {

/// What a person wants to know of a run that is under way.
struct ProgressFacts {
  std::uint64_t settled = 0;  ///< records with an outcome
  std::uint64_t refused = 0;
  std::uint64_t retries = 0;
  std::uint64_t throttled = 0;
  double rate_now = 0;  ///< records a second
  double rate_mean = 0;
  std::optional<double> share_read;  ///< of the input's bytes, 0 to 1
  double quota_share = 0;            ///< of the window's requests, 0 to 1
  std::uint32_t in_flight = 0;
  std::optional<std::chrono::seconds> time_left;
  std::optional<Instant> waits_for_day;  ///< until then, as the day's requests are used
  bool waiting_for_hubspot = false;      ///< it fails, and is asked now and then
  bool waiting_to_ask = false;           ///< all that is open is not to be sent or looked up yet
  bool waiting_for_keys = false;         ///< some of it until an unanswered request must be over
  bool stopping = false;
};

/// One line of at most `width` columns, without a line end. What matters least is left out first.
std::string progress_line(const ProgressFacts& facts, std::size_t width);

/// The parts with ", " between, as many of the first as fit into `width` columns.
std::string joined_within(const std::vector<std::string>& parts, std::size_t width);

/// "2026-11-30 00:00 UTC"
std::string to_the_minute(Instant moment);
/// "12s", "3m 20s", "2h 05m"
std::string short_duration(std::chrono::seconds duration);

}  // namespace payferry
