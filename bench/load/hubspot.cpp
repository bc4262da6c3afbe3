#include "bench/load/hubspot_pace.hpp"
#include "bench/load/load_run.hpp"
#include "bench/load/scenarios.hpp"

namespace payferry::bench {

namespace {

// HubSpot's limit and payferry's default for it, and what the simulator is told.
constexpr HubSpotPace kPace{190, std::chrono::seconds(10)};
constexpr std::uint64_t kWindows = 4;
constexpr std::uint64_t kRecords = kWindows * kPace.requests_per_window * 100;

}  // namespace

std::vector<Subject> measure_hubspot(const LoadOptions&) {
  const ScratchFolder folder;
  LoadPlan plan;
  plan.input = folder.file("payments.csv");
  plan.records = kRecords;
  plan.simulator = {"--requests-per-window",
                    std::to_string(kPace.requests_per_window),
                    "--latency",
                    "800ms",
                    "--jitter",
                    "200ms"};
  plan.properties = payment_properties(GeneratedFormat::csv);
  write_payments(plan.input, {.records = plan.records});
  const LoadResult result = run_load(plan, folder);
  Subject subject("hubspot");
  add_figures(subject, result);
  Subject pace("hubspot: pace");
  const auto sends = read_sends(run_directory(folder) / "attempts.ndjson");
  pace.add("time", "s", result.usage.wall.count());
  pace.add("quota used", "%", kPace.used_percent(sends));
  return {subject, pace};
}

}  // namespace payferry::bench
