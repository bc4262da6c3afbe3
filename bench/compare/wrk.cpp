#include "bench/compare/peer.hpp"
#include "bench/compare/peer_inputs.hpp"
#include "bench/load/load_run.hpp"

namespace payferry::bench {

namespace {

std::optional<std::string> missing() {
  return missing_program("wrk");
}

PeerResult run(const PeerWork& work, const ScratchFolder& folder) {
  const auto body = folder.write("body.json", repeatable_body(folder));
  SimulatorProcess simulator(folder, unthrottled_simulator());
  ChildCommand command{program_path("wrk")};
  command.arguments = {"-t1", "-c" + std::to_string(work.connections), "-d5s",
                       "-s",  peer_file("post_body.lua").string(),     simulator.create_url()};
  command.environment = {{"PAYFERRY_BODY_FILE", body.string()},
                         {"PAYFERRY_AUTHORIZATION", authorization_header()}};
  command.output = folder.file("wrk.out");
  const ChildUsage usage = run_child(command);
  return {usage, simulator.stop().created};
}

}  // namespace

Peer wrk_peer() {
  return {"wrk", "one body again and again", missing, run};
}

}  // namespace payferry::bench
