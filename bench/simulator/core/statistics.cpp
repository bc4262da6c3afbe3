#include "bench/simulator/core/statistics.hpp"

#include <boost/json.hpp>

namespace payferry::simulator {

namespace {

boost::json::object faults_json(const Statistics& statistics) {
  boost::json::object faults;
  for (std::size_t i = 0; i < kFaultCount; ++i) {
    if (statistics.faults[i] > 0) faults[name_of(static_cast<Fault>(i))] = statistics.faults[i];
  }
  return faults;
}

boost::json::object answers_json(const Statistics& statistics) {
  boost::json::object answers;
  for (const auto& [key, count] : statistics.answers) {
    const auto& [endpoint, status] = key;
    boost::json::value& by_status = answers[endpoint];
    if (!by_status.is_object()) by_status.emplace_object();
    by_status.get_object()[status == 0 ? "none" : std::to_string(status)] = count;
  }
  return answers;
}

}  // namespace

std::uint64_t Statistics::answers_of(const std::string& endpoint) const {
  std::uint64_t sum = 0;
  for (const auto& [key, count] : answers) sum += key.first == endpoint ? count : 0;
  return sum;
}

std::uint64_t Statistics::answers_of(const std::string& endpoint, int status) const {
  const auto found = answers.find({endpoint, status});
  return found == answers.end() ? 0 : found->second;
}

std::string Statistics::to_json() const {
  boost::json::object json;
  json["requests"] = requests;
  json["throttled"] = throttled;
  json["peak_window"] = peak_window;
  json["daily_used"] = daily_used;
  json["created"] = created;
  json["updated"] = updated;
  json["archived"] = archived;
  json["associated"] = associated;
  json["connections"] = connections;
  json["handshakes"] = handshakes;
  json["resumed_sessions"] = resumed_sessions;
  json["faults"] = faults_json(*this);
  json["answers"] = answers_json(*this);
  return boost::json::serialize(json);
}

}  // namespace payferry::simulator
