#pragma once

#include <cstddef>
#include <cstdint>
#include <random>

#include "config/settings.hpp"
#include "loader/delivery/stop_signal.hpp"
#include "net/admission.hpp"
#include "net/event.hpp"
#include "net/hubspot_api.hpp"
#include "net/time.hpp"

namespace payferry {

/// What the calls of one command share that does nothing new when a call is repeated. What it
/// refers to must outlive the calls. Thread: the network's.
struct CallContext {
  const Settings& settings;
  HubSpotApi& api;
  Admission& admission;
  Time& time;
  StopSignal& stop;
  std::mt19937_64& random;
  Event changed;              ///< a call got leave to be sent, or a batch ended
  std::size_t batches = 0;    ///< begun and not ended
  std::size_t in_flight = 0;  ///< calls that have leave and no answer yet
  std::uint64_t retries = 0;  ///< calls made again, throttled ones aside
  /// Calls that failed one after another while HubSpot was known to be down.
  std::uint32_t failed_probes = 0;
};

}  // namespace payferry
