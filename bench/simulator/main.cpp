#include <csignal>
#include <cstdio>
#include <exception>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <string>

#include "bench/simulator/server/command_line.hpp"
#include "bench/simulator/server/simulator_server.hpp"

namespace {

using payferry::simulator::CommandLine;
using payferry::simulator::SimulatorServer;

sigset_t stop_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  return signals;
}

// Whoever waits for the file finds it whole.
void write_ready_file(const std::string& path, const std::string& base_url) {
  const std::string half = path + ".tmp";
  std::ofstream file(half, std::ios::trunc);
  file << base_url << '\n';
  file.close();
  if (!file || std::rename(half.c_str(), path.c_str()) != 0) {
    throw std::runtime_error("cannot write the ready file " + path);
  }
}

void announce(const CommandLine& line, const SimulatorServer& server) {
  std::cout << "payferry-sim is listening.\n"
            << "  base_url  " << server.base_url() << '\n';
  if (!line.server.ca_file.empty()) std::cout << "  ca_file   " << line.server.ca_file << '\n';
  if (!line.server.ledger_file.empty())
    std::cout << "  ledger    " << line.server.ledger_file << '\n';
  std::cout << "  counts    " << server.base_url() << "/sim/stats\n"
            << "Ctrl-C ends it." << std::endl;
}

void serve(const CommandLine& line) {
  // Blocked before the server's thread starts, so that the signals come to this one.
  const sigset_t signals = stop_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  SimulatorServer server(line.server);
  if (line.external_rate > 0) server.start_external_traffic(line.external_rate);
  server.start();
  announce(line, server);
  if (!line.ready_file.empty()) write_ready_file(line.ready_file, server.base_url());
  int signal = 0;
  sigwait(&signals, &signal);
  server.stop();
  server.with_hubspot(
      [](auto& hubspot) { std::cout << hubspot.statistics().to_json() << std::endl; });
}

}  // namespace

int main(int argc, char** argv) {
  payferry::simulator::CommandLineEnd end;
  const auto line = payferry::simulator::read_command_line(argc, argv, end);
  if (!line) {
    (end.exit_code == 0 ? std::cout : std::cerr) << end.text;
    return end.exit_code;
  }
  try {
    serve(*line);
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "payferry-sim: " << error.what() << '\n';
    return 2;
  }
}
