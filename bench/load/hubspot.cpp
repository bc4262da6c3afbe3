#include <algorithm>

#include "bench/load/load_run.hpp"
#include "bench/load/scenarios.hpp"

namespace payferry::bench {

namespace {

constexpr std::uint64_t kWindows = 3;
constexpr std::uint64_t kRequestsPerWindow = 190;
constexpr std::uint64_t kRecords = kWindows * kRequestsPerWindow * 100;
// The first window's requests may go at once; the last window's follow when two more have passed.
constexpr double kShortestSeconds = (kWindows - 1) * 10 + 0.8;

}  // namespace

Subject measure_hubspot(const LoadOptions&) {
  const ScratchFolder folder;
  LoadPlan plan;
  plan.input = folder.file("payments.csv");
  plan.records = kRecords;
  plan.simulator = {"--latency", "800ms", "--jitter", "200ms"};
  plan.properties = payment_properties(GeneratedFormat::csv);
  write_payments(plan.input, {.records = plan.records});
  Subject subject("hubspot");
  const LoadResult result = run_load(plan, folder);
  add_figures(subject, result);
  subject.add("quota used", "%", 100 * kShortestSeconds / result.usage.wall.count());
  return subject;
}

}  // namespace payferry::bench
