#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "bench/harness/figure.hpp"

namespace payferry::bench {

struct LoadOptions {
  std::uint64_t records = 600'000;  ///< of the unthrottled scenario, on which the others' are based
  std::uint64_t huge_records = 1'000'000;
  unsigned runs = 3;
  std::uint64_t soak_records = 0;  ///< 0: as many for its time as ten million for an hour
  std::chrono::milliseconds soak_time = std::chrono::hours(1);
  unsigned soak_kills = 3;
};

/// Something that payferry must be good at, measured on the whole program.
struct LoadScenario {
  std::string_view name;
  std::string_view help;
  std::vector<Subject> (*measure)(const LoadOptions& options);
  bool takes_long = false;  ///< not run unless it is named
};

/// A HubSpot that answers at once: what the loader can do, and what it costs.
std::vector<Subject> measure_unthrottled(const LoadOptions& options);
/// HubSpot's usual limits and latency: how much of the quota is used.
std::vector<Subject> measure_hubspot(const LoadOptions& options);
/// One request in ten fails, in several ways.
std::vector<Subject> measure_faulty(const LoadOptions& options);
/// Killed in the middle, and gone on with.
std::vector<Subject> measure_resume(const LoadOptions& options);
/// Memory by the number of records.
std::vector<Subject> measure_huge(const LoadOptions& options);
/// For an hour, with every fault there is, killed and resumed: books, memory and descriptors.
std::vector<Subject> measure_soak(const LoadOptions& options);

const std::vector<LoadScenario>& load_scenarios();

/// Those that are named, or all that do not take long.
std::vector<LoadScenario> chosen_scenarios(const std::vector<std::string>& names);

/// Measures them.
Section measure_load(const LoadOptions& options, const std::vector<std::string>& names);

}  // namespace payferry::bench
