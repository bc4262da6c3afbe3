#include "bench/load/load_run.hpp"
#include "bench/load/scenarios.hpp"

namespace payferry::bench {

Subject measure_faulty(const LoadOptions& options) {
  const ScratchFolder folder;
  LoadPlan plan;
  plan.input = folder.file("payments.csv");
  plan.records = options.records / 4;
  plan.simulator = {
      "--requests-per-window", "1000000", "--daily-limit", "1000000000", "--latency", "20ms"};
  for (const char* const fault : {"reset=2%", "502=2%", "truncated=2%", "503=2%", "missing=2%"}) {
    plan.simulator.emplace_back("--fault");
    plan.simulator.emplace_back(fault);
  }
  plan.sections =
      "[limits]\nrequests = 100000\nwindow = \"1s\"\nconnections = 16\n"
      "[retry]\nbase = \"50ms\"\ncap = \"500ms\"\nsettle_after = \"200ms\"\n";
  plan.properties = payment_properties(GeneratedFormat::csv);
  write_payments(plan.input, {.records = plan.records});
  Subject subject("faulty");
  for (unsigned run = 0; run < options.runs; ++run) {
    const LoadResult result = run_load(plan, folder);
    add_figures(subject, result);
    subject.add("look-ups", "", static_cast<double>(result.simulator.looked_up));
  }
  return subject;
}

}  // namespace payferry::bench
