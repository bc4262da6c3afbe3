#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <vector>

#include "model/instant.hpp"

namespace payferry::bench {

/// How many requests HubSpot takes in any window.
struct HubSpotPace {
  std::uint64_t requests_per_window = 1;
  std::chrono::milliseconds window{};

  /// The share of the quota that `sends` used, in percent: of the windows from the first one on
  /// that passed whole before the last one. Nothing where none did.
  double used_percent(const std::vector<Instant>& sends) const;
};

/// When each request of a run was sent, by its journal. Throws std::runtime_error.
std::vector<Instant> read_sends(const std::filesystem::path& journal);

}  // namespace payferry::bench
