#include "bench/load/hubspot_pace.hpp"
#include "bench/load/load_run.hpp"
#include "bench/load/scenarios.hpp"

namespace payferry::bench {

namespace {

constexpr HubSpotPace kPace{190, std::chrono::seconds(10), std::chrono::milliseconds(800)};
// Three windows' requests, with room for the few before the first write.
constexpr std::uint64_t kRecords = std::uint64_t{3 * 190 - 10} * 100;

}  // namespace

std::vector<Subject> measure_hubspot(const LoadOptions&) {
  const ScratchFolder folder;
  LoadPlan plan;
  plan.input = folder.file("payments.csv");
  plan.records = kRecords;
  plan.simulator = {"--latency", "800ms", "--jitter", "200ms"};
  plan.properties = payment_properties(GeneratedFormat::csv);
  write_payments(plan.input, {.records = plan.records});
  const LoadResult result = run_load(plan, folder);
  Subject subject("hubspot");
  add_figures(subject, result);
  const auto shortest = kPace.shortest(result.requests - result.simulator.throttled);
  Subject pace("hubspot: pace");
  pace.add("time", "s", result.usage.wall.count());
  pace.add("shortest possible", "s", shortest.count());
  pace.add("quota used", "%", 100 * shortest / result.usage.wall);
  return {subject, pace};
}

}  // namespace payferry::bench
