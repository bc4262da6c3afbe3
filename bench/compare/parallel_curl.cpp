#include <fstream>

#include "bench/compare/peer.hpp"
#include "bench/load/load_run.hpp"
#include "model/batch.hpp"

namespace payferry::bench {

namespace {

// Each request starts a program: enough of them to measure.
constexpr std::size_t kRequests = 200;

std::optional<std::string> missing() {
  for (const char* const program : {"parallel", "curl"}) {
    if (auto reason = missing_program(program)) return reason;
  }
  return std::nullopt;
}

std::string next_body(std::istream& inputs) {
  std::string body = R"({"inputs":[)";
  std::string line;
  for (std::size_t record = 0; record < kMaxBatchRecords && std::getline(inputs, line); ++record)
    body += (record > 0 ? "," : "") + line;
  return body + "]}";
}

std::string write_bodies(const PeerWork& work, const ScratchFolder& folder) {
  std::ifstream inputs(work.inputs);
  std::string names;
  for (std::size_t request = 0; request < kRequests && inputs.peek() != EOF; ++request) {
    const std::string name = "body-" + std::to_string(request) + ".json";
    names += folder.write(name, next_body(inputs)).string() + "\n";
  }
  return names;
}

PeerResult run(const PeerWork& work, const ScratchFolder& folder) {
  const auto list = folder.write("bodies.txt", write_bodies(work, folder));
  SimulatorProcess simulator(folder, unthrottled_simulator());
  ChildCommand command{program_path("parallel")};
  command.arguments = {"--will-cite",
                       "-j" + std::to_string(work.connections),
                       "-a",
                       list.string(),
                       "curl",
                       "-s",
                       "-o",
                       "/dev/null",
                       "--cacert",
                       simulator.ca_file().string(),
                       "-H",
                       "'authorization: " + authorization_header() + "'",
                       "-H",
                       "'content-type: application/json'",
                       "--data-binary",
                       "@{}",
                       simulator.create_url()};
  command.output = folder.file("parallel.out");
  const ChildUsage usage = run_child(command);
  return {usage, simulator.stop().created};
}

}  // namespace

Peer parallel_curl_peer() {
  return {"GNU parallel + curl", "bodies made before; nothing is read of answers", missing, run};
}

}  // namespace payferry::bench
