#pragma once

#include <string>
#include <vector>

#include "loader/delivery/stop_signal.hpp"
#include "simulation/modelled_disk.hpp"
#include "simulation/scenario.hpp"

namespace payferry::test {

/// How a simulated run went, through all of its processes.
struct RunReport {
  std::vector<std::string> broken_rules;  ///< empty: all promises were kept
  std::uint64_t processes = 0;
  std::uint64_t commits_of_last_process = 0;
  std::uint64_t requests = 0;

  std::string to_string() const;
};

/// Runs the delivery engine against a modelled HubSpot and a modelled disk in virtual time,
/// crashing and going on as the scenario says, to the end of the source; then holds everything that
/// it did against the promises.
RunReport run_scenario(const Scenario& scenario);

}  // namespace payferry::test
