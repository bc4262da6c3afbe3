#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "bench/harness/child.hpp"
#include "bench/harness/scratch_folder.hpp"
#include "bench/harness/simulator_process.hpp"

namespace payferry::bench {

/// The work that all programs get: payments as CSV, and the same as inputs of HubSpot's API for
/// those that cannot map.
struct PeerWork {
  std::filesystem::path csv;
  std::filesystem::path inputs;  ///< NDJSON: an input object a line
  std::uint64_t records = 0;
  /// More of it for those that take microseconds a record: programs start and connections open but
  /// once, which must not count for more here than in wrk's five seconds.
  std::filesystem::path long_csv;
  std::uint64_t long_records = 0;
  unsigned connections = 16;
};

/// What a program took for how many records that HubSpot created.
struct PeerResult {
  ChildUsage usage;
  std::uint64_t records = 0;
};

/// A program that brings payments to HubSpot, or could.
struct Peer {
  std::string_view name;
  std::string_view does;  ///< what of the work
  /// Why it cannot be run here; nothing where it can.
  std::optional<std::string> (*missing)();
  PeerResult (*run)(const PeerWork& work, const ScratchFolder& folder);
};

Peer payferry_peer();
/// One body again and again, without an answer's being read: the floor.
Peer wrk_peer();
Peer h2load_peer();
/// HubSpot's own client for Node.js.
Peer node_client_peer();
Peer syslog_ng_peer();
/// A program of its own for each request.
Peer parallel_curl_peer();

/// A file of bench/peers: beside the sources, or where it is installed.
std::filesystem::path peer_file(const std::string& name);
/// "… is not installed", where one of the programs is not.
std::optional<std::string> missing_program(const std::string& name);
/// The program's path; only after missing_program() has said that it is there.
std::filesystem::path program_path(const std::string& name);
std::string authorization_header();

}  // namespace payferry::bench
