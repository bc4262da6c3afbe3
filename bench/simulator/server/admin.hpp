#pragma once

#include "bench/simulator/core/simulated_hubspot.hpp"

namespace payferry::simulator {

/// True for the paths below /sim/, which are not HubSpot's.
bool is_admin_path(std::string_view target);

/// The simulator's own surface, for tests and rehearsals; it needs no token and counts against
/// nothing:
///   GET  /sim/stats             counts of requests, answers, faults, records
///   GET  /sim/ledger[?from=N]   everything that was written, as NDJSON, from entry N on (1 is the
///                               first)
///   POST /sim/faults            {"clear":true} · {"fault":"reset","probability":"5%"} ·
///                               {"fault":"502","next":2,"skip":1} ·
///                               {"on_reads":true,"on_settings":false}
///   POST /sim/switches          {"echo-trace-id":"on", …}
///   POST /sim/external-traffic  {"requests":50} · {"per_second":8}
/// An order that it cannot take as a whole is answered with 400 and changes nothing.
SimulatedReply handle_admin(SimulatedHubSpot& hubspot, const SimulatedRequest& request,
                            Instant now);

}  // namespace payferry::simulator
