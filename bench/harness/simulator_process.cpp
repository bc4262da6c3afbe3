#include "bench/harness/simulator_process.hpp"

#include <boost/json/parse.hpp>
#include <csignal>
#include <stdexcept>

#include "bench/harness/programs.hpp"

namespace payferry::bench {

namespace json = boost::json;

namespace {

constexpr const char* kReadyFile = "simulator.url";
constexpr const char* kOutput = "simulator.out";
constexpr const char* kCaFile = "ca.pem";

std::uint64_t number_at(const json::object& object, std::string_view name) {
  const json::value* const value = object.if_contains(name);
  return value == nullptr ? 0 : value->to_number<std::uint64_t>();
}

/// Answers of any status.
std::uint64_t answers_of(const json::object& statistics, std::string_view endpoint) {
  std::uint64_t sum = 0;
  const json::value* const answers = statistics.if_contains("answers");
  const json::value* const one = answers != nullptr && answers->is_object()
                                     ? answers->get_object().if_contains(endpoint)
                                     : nullptr;
  if (one == nullptr || !one->is_object()) return 0;
  for (const auto& status : one->get_object()) sum += status.value().to_number<std::uint64_t>();
  return sum;
}

std::map<std::string, std::uint64_t> faults_of(const json::object& statistics) {
  std::map<std::string, std::uint64_t> faults;
  const json::value* const counts = statistics.if_contains("faults");
  if (counts == nullptr || !counts->is_object()) return faults;
  for (const auto& fault : counts->get_object())
    faults[fault.key()] = fault.value().to_number<std::uint64_t>();
  return faults;
}

SimulatorCounts parse_counts(const std::string& output) {
  const json::value value = json::parse(output.substr(output.rfind("\n{") + 1));
  const json::object& statistics = value.as_object();
  SimulatorCounts counts;
  counts.requests = number_at(statistics, "requests");
  counts.throttled = number_at(statistics, "throttled");
  counts.created = number_at(statistics, "created");
  counts.connections = number_at(statistics, "connections");
  counts.handshakes = number_at(statistics, "handshakes");
  counts.looked_up = answers_of(statistics, "batch_read");
  counts.faults = faults_of(statistics);
  return counts;
}

}  // namespace

SimulatorProcess::SimulatorProcess(const ScratchFolder& folder, std::vector<std::string> options)
    : folder_(folder) {
  folder.remove(kReadyFile);
  const std::filesystem::path ready = folder.file(kReadyFile);
  ChildCommand command{own_program("payferry-sim"), std::move(options)};
  for (const std::string& more :
       {std::string("--ready-file"), ready.string(), std::string("--ca-file"), ca_file().string(),
        std::string("--token"), std::string(kToken)}) {
    command.arguments.push_back(more);
  }
  command.output = folder.file(kOutput);
  child_ = std::make_unique<Child>(command);
  while (!std::filesystem::exists(ready)) {
    if (child_->ends_within(std::chrono::milliseconds(10)))
      throw std::runtime_error("payferry-sim did not start: " + read_file(command.output));
  }
  base_url_ = read_file(ready);
  base_url_.pop_back();
}

std::filesystem::path SimulatorProcess::ca_file() const {
  return folder_.file(kCaFile);
}

std::string SimulatorProcess::create_url() const {
  return base_url_ + "/crm/v3/objects/commerce_payments/batch/create";
}

SimulatorCounts SimulatorProcess::stop() {
  child_->send_signal(SIGTERM);
  child_->wait();
  return parse_counts(read_file(folder_.file(kOutput)));
}

}  // namespace payferry::bench
