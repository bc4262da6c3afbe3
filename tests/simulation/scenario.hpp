#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "bench/simulator/core/simulator_options.hpp"
#include "config/settings.hpp"
#include "simulation/modelled_hubspot.hpp"

namespace payferry::test {

/// What is known of a row of the modelled source beforehand.
enum class RowKind {
  good,
  invalid,    ///< payferry must refuse it
  refused,    ///< HubSpot must refuse it
  duplicate,  ///< has the key of an earlier good row
  standing,   ///< a record of another maker has its key already
};

struct Row {
  RowKind kind = RowKind::good;
  std::string key;
  std::string amount;
  std::string status;
  std::uint64_t first_record = 0;  ///< of duplicate
};

/// Everything about one simulated run, drawn from one seed.
struct Scenario {
  std::uint64_t seed = 0;
  Settings settings;
  std::vector<Row> rows;
  simulator::SimulatorOptions hubspot;
  NetworkModel network;
  std::vector<std::uint64_t> crash_at_commit;  ///< of the first process, the second, …; 0: none
  std::vector<bool> crash_after;
  std::size_t remembered_keys = 0;

  bool has_key() const { return !settings.mapping.id_property.empty(); }
  bool upsert() const { return settings.mapping.write == WriteMode::upsert; }
};

/// The same seed gives the same scenario, on every machine.
Scenario draw_scenario(std::uint64_t seed);

}  // namespace payferry::test
