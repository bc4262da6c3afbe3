#pragma once

#include <chrono>
#include <cstdint>
#include <random>

#include "config/settings.hpp"
#include "net/time.hpp"

namespace payferry {

/// HubSpot's locks last 2 s, and that is the least between two tries (contract §3.7, 423).
constexpr std::chrono::seconds kLeastDelayAfterLocked{2};

/// How long to wait before attempt `attempt` + 1, after `attempt` (from 1) failed: `at_least`,
/// which the server asked for, and on top of it anything from nothing to base * 2^(attempt-1), at
/// most `cap` (full jitter), so that many that failed together do not come back together.
SteadyDuration backoff(const RetrySettings& settings, std::uint32_t attempt,
                       SteadyDuration at_least, std::mt19937_64& random);

}  // namespace payferry
