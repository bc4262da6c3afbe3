#pragma once

#include <cstdint>

#include "bench/simulator/core/fault.hpp"
#include "bench/simulator/core/random.hpp"
#include "bench/simulator/core/simulated_exchange.hpp"

namespace payferry::simulator {

/// Whether the write is done before the fault shows.
bool writes_first(Fault fault);

/// What a fault needs to know besides the reply that it spoils.
struct FaultScene {
  const FaultPlan& plan;
  Random& random;
  Instant now;  ///< HubSpot's clock
  std::uint64_t portal_id = 0;
  bool policy_name = false;
};

/// Puts the fault in the place of the reply that there would have been.
void show_fault(Fault fault, const FaultScene& scene, SimulatedReply& reply);

}  // namespace payferry::simulator
