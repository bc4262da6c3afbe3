#include "bench/compare/compare.hpp"

#include <iostream>
#include <stdexcept>

#include "bench/compare/peer.hpp"
#include "bench/compare/peer_inputs.hpp"
#include "bench/harness/payment_file.hpp"

namespace payferry::bench {

namespace {

constexpr const char* kCpu = "CPU a record";
constexpr const char* kRatio = "CPU by payferry's";
constexpr std::uint64_t kTimesTheWork = 6;  ///< for those that are done with it in half a second

void add_figures(Subject& subject, const PeerResult& result) {
  const auto records = static_cast<double>(result.records);
  if (result.records == 0)
    throw std::runtime_error(subject.name + " brought no record to the simulated HubSpot");
  subject.add("records/s", "", records / result.usage.wall.count());
  subject.add(kCpu, "µs", result.usage.cpu.count() * 1e6 / records);
  subject.add("peak memory", "MiB", static_cast<double>(result.usage.peak_rss_kib) / 1024);
}

PeerWork make_work(const CompareOptions& options, const ScratchFolder& folder) {
  PeerWork work;
  work.csv = folder.file("payments.csv");
  work.inputs = folder.file("inputs.ndjson");
  work.records = options.records;
  work.long_csv = folder.file("more_payments.csv");
  work.long_records = kTimesTheWork * options.records;
  work.connections = options.connections;
  write_payments(work.csv, {.records = work.records});
  write_payments(work.long_csv, {.records = work.long_records});
  write_peer_inputs(work.inputs, options.records);
  return work;
}

}  // namespace

void add_ratios(Section& section) {
  const std::vector<double> own = section.subjects.front().at(kCpu).runs;
  for (Subject& subject : section.subjects) {
    const std::vector<double> its = subject.at(kCpu).runs;
    for (std::size_t run = 0; run < its.size(); ++run)
      subject.add(kRatio, "", its[run] / own.at(run));
  }
}

Section compare_with_peers(const CompareOptions& options) {
  const ScratchFolder folder;
  const PeerWork work = make_work(options, folder);
  Section section("the same payments by other programs");
  std::vector<Peer> peers;
  for (const Peer& peer : {payferry_peer(), wrk_peer(), h2load_peer(), syslog_ng_peer(),
                           node_client_peer(), parallel_curl_peer()}) {
    const auto missing = peer.missing();
    if (missing) {
      section.notes.push_back(std::string(peer.name) + " left out: " + *missing);
      continue;
    }
    peers.push_back(peer);
    section.subjects.emplace_back(std::string(peer.name));
    section.notes.push_back(std::string(peer.name) + ": " + std::string(peer.does));
  }
  for (unsigned run = 0; run < options.runs; ++run) {
    for (std::size_t at = 0; at < peers.size(); ++at) {
      std::cerr << "compare: " << peers[at].name << '\n';
      add_figures(section.subjects[at], peers[at].run(work, folder));
    }
  }
  add_ratios(section);
  return section;
}

}  // namespace payferry::bench
