#include "bench/load/load_run.hpp"
#include "bench/load/scenarios.hpp"

namespace payferry::bench {

std::vector<Subject> measure_faulty(const LoadOptions& options) {
  const ScratchFolder folder;
  LoadPlan plan;
  plan.input = folder.file("payments.csv");
  plan.records = options.records / 12;
  plan.simulator = {"--unthrottled", "--latency", "20ms"};
  for (const char* const fault : {"reset=2%", "502=2%", "truncated=2%", "503=2%", "missing=2%"}) {
    plan.simulator.emplace_back("--fault");
    plan.simulator.emplace_back(fault);
  }
  plan.sections = fixed_connections(16) +
                  "[retry]\nbase = \"50ms\"\ncap = \"500ms\"\nsettle_after = \"200ms\"\n";
  plan.properties = payment_properties(GeneratedFormat::csv);
  write_payments(plan.input, {.records = plan.records});
  Subject subject("faulty");
  for (unsigned run = 0; run < options.runs; ++run) add_figures(subject, run_load(plan, folder));
  return {subject};
}

}  // namespace payferry::bench
