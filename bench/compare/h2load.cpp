#include "bench/compare/peer.hpp"
#include "bench/compare/peer_inputs.hpp"
#include "bench/load/load_run.hpp"

namespace payferry::bench {

namespace {

std::optional<std::string> missing() {
  return missing_program("h2load");
}

PeerResult run(const PeerWork& work, const ScratchFolder& folder) {
  const auto body = folder.write("body.json", repeatable_body(folder));
  SimulatorProcess simulator(folder, unthrottled_simulator());
  ChildCommand command{program_path("h2load")};
  command.arguments = {"--h1",
                       "-n" + std::to_string(work.long_records / 100),
                       "-c" + std::to_string(work.connections),
                       "-d" + body.string(),
                       "-H",
                       "authorization: " + authorization_header(),
                       "-H",
                       "content-type: application/json",
                       simulator.create_url()};
  command.output = folder.file("h2load.out");
  const ChildUsage usage = run_child(command);
  return {usage, simulator.stop().created};
}

}  // namespace

Peer h2load_peer() {
  return {"h2load", "one body again and again", missing, run};
}

}  // namespace payferry::bench
