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
  plan.simulator = unthrottled_simulator();
  plan.sections = fixed_connections(16);
  plan.properties = payment_properties(GeneratedFormat::csv);
  write_payments(plan.input, {.records = plan.records});
  return run_load(plan, folder);
}

}  // namespace

std::vector<Subject> measure_huge(const LoadOptions& options) {
  std::vector<Subject> subjects;
  for (std::uint64_t records = kFewest; records <= options.huge_records; records *= 10) {
    const LoadResult result = load(records);
    Subject& subject =
        subjects.emplace_back("huge: " + short_number(static_cast<double>(records)) + " records");
    subject.add("peak memory", "MiB", static_cast<double>(result.usage.peak_rss_kib) / 1024);
    subject.add("input", "MB", static_cast<double>(result.input_bytes) / 1e6);
    subject.add("time", "s", result.usage.wall.count());
  }
  return subjects;
}

}  // namespace payferry::bench
