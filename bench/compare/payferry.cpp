#include "bench/compare/peer.hpp"
#include "bench/load/load_run.hpp"

namespace payferry::bench {

namespace {

std::optional<std::string> missing() {
  return std::nullopt;
}

PeerResult run(const PeerWork& work, const ScratchFolder& folder) {
  LoadPlan plan;
  plan.input = work.long_csv;
  plan.records = work.long_records;
  plan.simulator = unthrottled_simulator();
  plan.sections = fixed_connections(work.connections);
  plan.properties = payment_properties(GeneratedFormat::csv);
  const LoadResult result = run_load(plan, folder);
  return {result.usage, result.loaded};
}

}  // namespace

Peer payferry_peer() {
  return {"payferry", "all of it", missing, run};
}

}  // namespace payferry::bench
