#include <csignal>
#include <stdexcept>

#include "bench/load/load_run.hpp"
#include "bench/load/scenarios.hpp"

namespace payferry::bench {

namespace {

constexpr std::uint64_t kBytesAnOutcome = 100;

LoadPlan plan_of(const LoadOptions& options, const ScratchFolder& folder) {
  LoadPlan plan;
  plan.input = folder.file("payments.csv");
  plan.records = options.records / 3;
  plan.simulator = {"--unthrottled", "--latency", "50ms"};
  plan.sections = fixed_connections(16) + "[retry]\nsettle_after = \"200ms\"\n";
  plan.properties = payment_properties(GeneratedFormat::csv);
  write_payments(plan.input, {.records = plan.records});
  return plan;
}

/// Returns when about half of the outcomes are there.
void wait_for_half(const Child& child, const LoadPlan& plan, const ScratchFolder& folder) {
  const auto outcomes = run_directory(folder) / "outcomes.ndjson";
  const std::uint64_t half = plan.records / 2 * kBytesAnOutcome;
  for (std::error_code error; std::filesystem::file_size(outcomes, error) < half || error;) {
    if (child.ends_within(std::chrono::milliseconds(5)))
      throw std::runtime_error("payferry ended before it could be killed");
  }
}

}  // namespace

std::vector<Subject> measure_resume(const LoadOptions& options) {
  const ScratchFolder folder;
  const LoadPlan plan = plan_of(options, folder);
  Subject subject("resume");
  for (unsigned run = 0; run < options.runs; ++run) {
    const LoadResult whole = run_load(plan, folder);
    std::filesystem::remove_all(run_directory(folder));
    SimulatorProcess simulator(folder, plan.simulator);
    Child killed(payferry_command(load_arguments(plan, simulator, folder), folder));
    wait_for_half(killed, plan, folder);
    killed.send_signal(SIGKILL);
    const ChildUsage before = killed.wait();
    const ChildUsage after = run_child(
        payferry_command({"resume", run_directory(folder).string(), "--progress", "none"}, folder));
    const LoadResult result = finished_load(plan, after, simulator.stop(), folder);
    subject.add("undisturbed", "s", whole.usage.wall.count());
    subject.add("killed after", "s", before.wall.count());
    subject.add("resumed for", "s", after.wall.count());
    subject.add("time lost", "s", (before.wall + after.wall - whole.usage.wall).count());
    const auto more = static_cast<double>(result.requests) - static_cast<double>(whole.requests);
    subject.add("more requests", "", more);
    subject.add("look-ups", "", static_cast<double>(result.simulator.looked_up));
  }
  return {subject};
}

}  // namespace payferry::bench
