#pragma once

#include <cstdint>

#include "loader/delivery/stop_signal.hpp"
#include "loader/run/tally.hpp"
#include "simulation/modelled_disk.hpp"
#include "simulation/modelled_hubspot.hpp"
#include "simulation/scenario.hpp"

namespace payferry::test {

/// How one process ended.
struct ProcessEnd {
  FileContents files;
  Instant ended{};
  bool crashed = false;
  StopReason stop = StopReason::none;  ///< none and not crashed: the run is complete
  Tally tally;
  std::uint64_t commits = 0;
};

/// One process of a simulated run: goes on from `files`, ends by itself, by a stop or by the crash
/// that is planned.
ProcessEnd run_process(const Scenario& scenario, FileContents files,
                       simulator::SimulatedHubSpot& hubspot, Instant start, Instant run_started,
                       CrashPlan crash, std::uint64_t process_seed);

}  // namespace payferry::test
