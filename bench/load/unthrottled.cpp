#include "bench/load/load_run.hpp"
#include "bench/load/scenarios.hpp"

namespace payferry::bench {

std::vector<Subject> measure_unthrottled(const LoadOptions& options) {
  const ScratchFolder folder;
  LoadPlan plan;
  plan.input = folder.file("payments.csv");
  plan.records = options.records;
  plan.simulator = unthrottled_simulator();
  plan.sections = fixed_connections(16);
  plan.properties = payment_properties(GeneratedFormat::csv);
  write_payments(plan.input, {.records = plan.records});
  Subject subject("unthrottled");
  for (unsigned run = 0; run < options.runs; ++run) add_figures(subject, run_load(plan, folder));
  return {subject};
}

}  // namespace payferry::bench
