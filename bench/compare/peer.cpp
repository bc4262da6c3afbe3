#include "bench/compare/peer.hpp"

#include "bench/harness/programs.hpp"

namespace payferry::bench {

std::filesystem::path peer_file(const std::string& name) {
  return std::filesystem::path(PAYFERRY_PEERS_DIR) / name;
}

std::optional<std::string> missing_program(const std::string& name) {
  if (system_program(name)) return std::nullopt;
  return name + " is not installed";
}

std::filesystem::path program_path(const std::string& name) {
  return system_program(name).value();
}

std::string authorization_header() {
  return std::string("Bearer ") + SimulatorProcess::kToken;
}

}  // namespace payferry::bench
