#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "bench/harness/child.hpp"
#include "bench/harness/figure.hpp"
#include "bench/harness/payment_file.hpp"
#include "bench/harness/scratch_folder.hpp"
#include "bench/harness/simulator_process.hpp"

namespace payferry::bench {

/// A load of the real payferry into a simulated HubSpot.
struct LoadPlan {
  std::filesystem::path input;
  std::uint64_t records = 0;
  std::vector<std::string> simulator;  ///< options of payferry-sim
  std::string sections;                ///< of the config, beside [hubspot] and [properties]
  std::string properties;              ///< lines of the config's last section
};

struct LoadResult {
  ChildUsage usage;
  SimulatorCounts simulator;
  std::uint64_t records = 0;
  std::uint64_t loaded = 0;  ///< by the run's own books
  std::uint64_t requests = 0;
  std::uint64_t input_bytes = 0;
};

/// A HubSpot that refuses nothing for a limit, and whose memory does not grow.
std::vector<std::string> unthrottled_simulator();
/// Sections for so many requests in flight, and no other limit.
std::string fixed_connections(unsigned connections);

/// Writes the config for a run against `simulator` into the folder and returns the arguments of
/// `payferry load`.
std::vector<std::string> load_arguments(const LoadPlan& plan, const SimulatorProcess& simulator,
                                        const ScratchFolder& folder);
ChildCommand payferry_command(std::vector<std::string> arguments, const ScratchFolder& folder);
/// Throws std::runtime_error where the books of the run, HubSpot's and the input do not agree.
LoadResult finished_load(const LoadPlan& plan, const ChildUsage& usage,
                         const SimulatorCounts& simulator, const ScratchFolder& folder);

/// Of the last load in the folder.
std::filesystem::path run_directory(const ScratchFolder& folder);

/// All of it, once. An earlier load's run directory goes.
LoadResult run_load(const LoadPlan& plan, const ScratchFolder& folder);

/// Figures that every scenario has.
void add_figures(Subject& subject, const LoadResult& result);

}  // namespace payferry::bench
