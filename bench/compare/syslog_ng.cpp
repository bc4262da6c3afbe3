#include <csignal>
#include <stdexcept>

#include "bench/compare/peer.hpp"
#include "bench/load/load_run.hpp"

namespace payferry::bench {

namespace {

/// Debian keeps it in a package of its own.
bool has_http_module() {
  namespace fs = std::filesystem;
  std::error_code none;
  for (const auto& version : fs::directory_iterator("/usr/lib/syslog-ng", none)) {
    if (fs::exists(version.path() / "libhttp.so")) return true;
  }
  return false;
}

std::optional<std::string> missing() {
  for (const char* const program : {"syslog-ng", "curl"}) {
    if (auto reason = missing_program(program)) return reason;
  }
  if (!has_http_module()) return "its module for http() (syslog-ng-mod-http) is not installed";
  return std::nullopt;
}

std::string config_text(const PeerWork& work, const SimulatorProcess& simulator) {
  return "@version: 3.38\n"
         "source inputs { file(\"" +
         work.inputs.string() +
         "\" flags(no-parse) log-msg-size(1048576) log-fetch-limit(10000)"
         " log-iw-size(100000)); };\n"
         "destination hubspot { http(url(\"" +
         simulator.create_url() +
         "\") method(\"POST\") headers(\"Authorization: " + authorization_header() +
         "\", \"Content-Type: application/json\") tls(ca-file(\"" + simulator.ca_file().string() +
         "\")) workers(" + std::to_string(work.connections) +
         ") batch-lines(100) batch-timeout(1000) body-prefix(\"{\\\"inputs\\\":[\")"
         " body(\"${MESSAGE}\") delimiter(\",\") body-suffix(\"]}\")"
         " log-fifo-size(1000000)); };\n"
         "log { source(inputs); destination(hubspot); flags(flow-control); };\n";
}

/// It would wait for more lines: what HubSpot has tells that it has sent all.
bool has_all(const PeerWork& work, const SimulatorProcess& simulator, const ScratchFolder& folder) {
  ChildCommand command{program_path("curl")};
  command.arguments = {"-s", "--cacert", simulator.ca_file().string(),
                       simulator.base_url() + "/sim/stats"};
  command.output = folder.file("statistics.json");
  run_child(command);
  const std::string created = "\"created\":" + std::to_string(work.records) + ",";
  return read_file(command.output).find(created) != std::string::npos;
}

void wait_until_done(const Child& child, const PeerWork& work, const SimulatorProcess& simulator,
                     const ScratchFolder& folder) {
  const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (!has_all(work, simulator, folder)) {
    if (child.ends_within(std::chrono::milliseconds(50)))
      throw std::runtime_error("syslog-ng ended: " + read_file(folder.file("syslog-ng.out")));
    if (std::chrono::steady_clock::now() > limit)
      throw std::runtime_error("syslog-ng did not send everything in a minute");
  }
}

PeerResult run_syslog_ng(const PeerWork& work, const ScratchFolder& folder) {
  SimulatorProcess simulator(folder, unthrottled_simulator());
  const auto config = folder.write("syslog-ng.conf", config_text(work, simulator));
  ChildCommand command{program_path("syslog-ng")};
  command.arguments = {"--foreground",
                       "--no-caps",
                       "--stderr",
                       "--cfgfile=" + config.string(),
                       "--persist-file=" + folder.file("syslog-ng.persist").string(),
                       "--control=" + folder.file("syslog-ng.ctl").string(),
                       "--pidfile=" + folder.file("syslog-ng.pid").string()};
  command.output = folder.file("syslog-ng.out");
  folder.remove("syslog-ng.persist");
  Child child(command);
  wait_until_done(child, work, simulator, folder);
  child.send_signal(SIGTERM);
  const ChildUsage usage = child.wait();
  return {usage, simulator.stop().created};
}

}  // namespace

Peer syslog_ng_peer() {
  return {"syslog-ng http()", "inputs mapped before; nothing is read of answers", missing,
          run_syslog_ng};
}

}  // namespace payferry::bench
