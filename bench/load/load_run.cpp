#include "bench/load/load_run.hpp"

#include <stdexcept>

#include "bench/harness/programs.hpp"
#include "loader/report/summary.hpp"

namespace payferry::bench {

namespace {

std::string config_text(const LoadPlan& plan, const SimulatorProcess& simulator) {
  return "[hubspot]\nbase_url = \"" + simulator.base_url() + "\"\nca_file = \"" +
         simulator.ca_file().string() + "\"\nid_property = \"hs_external_reference_id\"\n" +
         plan.sections + plan.properties;
}

Summary read_summary(const ScratchFolder& folder) {
  auto summary = Summary::parse(read_file(run_directory(folder) / "summary.json"));
  if (!summary) throw std::runtime_error("the run's summary cannot be read: " + summary.error());
  return *std::move(summary);
}

}  // namespace

std::filesystem::path run_directory(const ScratchFolder& folder) {
  return folder.file("run");
}

std::vector<std::string> load_arguments(const LoadPlan& plan, const SimulatorProcess& simulator,
                                        const ScratchFolder& folder) {
  const auto config = folder.write("payments.toml", config_text(plan, simulator));
  const auto run = run_directory(folder);
  return {"load",       "-c",         config.string(), "--run-dir",
          run.string(), "--progress", "none",          plan.input.string()};
}

ChildCommand payferry_command(std::vector<std::string> arguments, const ScratchFolder& folder) {
  ChildCommand command{own_program("payferry"), std::move(arguments)};
  command.environment = {{"HUBSPOT_TOKEN", SimulatorProcess::kToken}};
  command.output = folder.file("payferry.out");
  return command;
}

std::vector<std::string> unthrottled_simulator() {
  return {"--unthrottled", "--no-ledger", "--forget-properties"};
}

std::string fixed_connections(unsigned connections) {
  return "[limits]\nrequests = 100000\nwindow = \"1s\"\nconnections = " +
         std::to_string(connections) + "\n";
}

LoadResult finished_load(const LoadPlan& plan, const ChildUsage& usage,
                         const SimulatorCounts& simulator, const ScratchFolder& folder) {
  const Summary summary = read_summary(folder);
  LoadResult result;
  result.usage = usage;
  result.simulator = simulator;
  result.records = summary.tally.records;
  result.loaded = summary.tally.loaded();
  result.requests = simulator.requests;
  result.input_bytes = std::filesystem::file_size(plan.input);
  const bool agree = result.records == plan.records && result.loaded == plan.records &&
                     simulator.created == plan.records;
  if (!agree)
    throw std::runtime_error("of " + std::to_string(plan.records) + " records payferry loaded " +
                             std::to_string(result.loaded) + ", and HubSpot created " +
                             std::to_string(simulator.created));
  return result;
}

LoadResult run_load(const LoadPlan& plan, const ScratchFolder& folder) {
  std::filesystem::remove_all(run_directory(folder));
  SimulatorProcess simulator(folder, plan.simulator);
  const auto arguments = load_arguments(plan, simulator, folder);
  const ChildUsage usage = run_child(payferry_command(arguments, folder));
  return finished_load(plan, usage, simulator.stop(), folder);
}

void add_figures(Subject& subject, const LoadResult& result) {
  const auto records = static_cast<double>(result.records);
  const double seconds = result.usage.wall.count();
  subject.add("records/s", "", records / seconds);
  subject.add("CPU a record", "µs", result.usage.cpu.count() * 1e6 / records);
  subject.add("input", "MB/s", static_cast<double>(result.input_bytes) / 1e6 / seconds);
  subject.add("peak memory", "MiB", static_cast<double>(result.usage.peak_rss_kib) / 1024);
  subject.add("requests", "", static_cast<double>(result.requests));
  subject.add("429", "", static_cast<double>(result.simulator.throttled));
  subject.add("TLS handshakes", "", static_cast<double>(result.simulator.handshakes));
  subject.add("look-ups", "", static_cast<double>(result.simulator.looked_up));
}

}  // namespace payferry::bench
