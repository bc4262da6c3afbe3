#include "bench/harness/result_table.hpp"
#include "bench/load/load_run.hpp"
#include "bench/load/scenarios.hpp"

namespace payferry::bench {

namespace {

constexpr std::uint64_t kFewest = 100'000;

LoadResult load(std::uint64_t records) {
  const ScratchFolder folder;
  LoadPlan plan;
  plan.input = folder.file("payments.csv");
  plan.records = records;
  plan.simulator = {"--requests-per-window", "1000000",
                    "--daily-limit",         "1000000000",
                    "--no-ledger",           "--forget-properties"};
  plan.sections = "[limits]\nrequests = 100000\nwindow = \"1s\"\nconnections = 16\n";
  plan.properties = payment_properties(GeneratedFormat::csv);
  write_payments(plan.input, {.records = plan.records});
  return run_load(plan, folder);
}

}  // namespace

Subject measure_huge(const LoadOptions& options) {
  Subject subject("huge");
  for (std::uint64_t records = kFewest; records <= options.huge_records; records *= 10) {
    const LoadResult result = load(records);
    const std::string name = short_number(static_cast<double>(records)) + " records";
    subject.add("peak memory of " + name, "MiB",
                static_cast<double>(result.usage.peak_rss_kib) / 1024);
  }
  return subject;
}

}  // namespace payferry::bench
