#include "bench/load/load_run.hpp"
#include "bench/load/scenarios.hpp"

namespace payferry::bench {

Subject measure_unthrottled(const LoadOptions& options) {
  const ScratchFolder folder;
  LoadPlan plan;
  plan.input = folder.file("payments.csv");
  plan.records = options.records;
  plan.simulator = {"--requests-per-window", "1000000",
                    "--daily-limit",         "1000000000",
                    "--no-ledger",           "--forget-properties"};
  plan.sections = "[limits]\nrequests = 100000\nwindow = \"1s\"\nconnections = 16\n";
  plan.properties = payment_properties(GeneratedFormat::csv);
  write_payments(plan.input, {.records = plan.records});
  Subject subject("unthrottled");
  for (unsigned run = 0; run < options.runs; ++run) add_figures(subject, run_load(plan, folder));
  return subject;
}

}  // namespace payferry::bench
