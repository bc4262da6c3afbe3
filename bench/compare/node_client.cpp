#include "bench/compare/peer.hpp"
#include "bench/load/load_run.hpp"

namespace payferry::bench {

namespace {

std::optional<std::string> missing() {
  if (auto node = missing_program("node")) return node;
  if (std::filesystem::exists(peer_file("node_modules/@hubspot/api-client"))) return std::nullopt;
  return "HubSpot's client is not installed; run `npm ci` in bench/peers";
}

PeerResult run(const PeerWork& work, const ScratchFolder& folder) {
  SimulatorProcess simulator(folder, unthrottled_simulator());
  ChildCommand command{program_path("node")};
  command.arguments = {peer_file("hubspot_client.js").string(), work.csv.string(),
                       std::to_string(work.connections)};
  command.environment = {{"HUBSPOT_TOKEN", SimulatorProcess::kToken},
                         {"HUBSPOT_BASE_URL", simulator.base_url()},
                         {"NODE_EXTRA_CA_CERTS", simulator.ca_file().string()}};
  command.output = folder.file("node.out");
  const ChildUsage usage = run_child(command);
  return {usage, simulator.stop().created};
}

}  // namespace

Peer node_client_peer() {
  return {"HubSpot's Node.js client", "CSV, batches; nothing is logged or looked up", missing, run};
}

}  // namespace payferry::bench
