#pragma once

#include <cstdint>
#include <map>
#include <random>
#include <string>

#include "bench/simulator/core/simulated_hubspot.hpp"
#include "net/hubspot_api.hpp"
#include "net/time.hpp"

namespace payferry::test {

/// How requests travel.
struct NetworkModel {
  SteadyDuration shortest_way{};
  SteadyDuration longest_way{};
  double lost_on_the_way = 0;  ///< share of requests that never arrive
  double lost_before_way = 0;  ///< share that are not even sent
  SteadyDuration request_timeout{};
};

/// Requests that left one process and that HubSpot has not seen yet. They arrive even if the
/// process dies.
class RequestsUnderWay {
 public:
  explicit RequestsUnderWay(simulator::SimulatedHubSpot& hubspot) : hubspot_(hubspot) {}

  std::uint64_t leave(std::string target, std::string body, Instant arrival);
  /// The request arrives now. Must be called in the order of arrivals.
  simulator::SimulatedReply arrive(std::uint64_t ticket, Instant now);
  /// The sender is gone: all that is under way arrives, each at its time. Returns the last one's.
  Instant arrive_all(Instant now);

 private:
  struct Request {
    std::string target;
    std::string body;
    Instant arrival{};
  };

  simulator::SimulatedHubSpot& hubspot_;
  std::uint64_t next_ticket_ = 1;
  std::map<std::uint64_t, Request> requests_;
};

/// HubSpot as one process reaches it, in virtual time.
class ModelledHubSpot final : public HubSpotApi {
 public:
  ModelledHubSpot(RequestsUnderWay& under_way, Time& time, std::mt19937_64& random,
                  NetworkModel network)
      : under_way_(under_way), time_(time), random_(random), network_(network) {}

  boost::asio::awaitable<Answer> call(const ApiCall& call, SendListener& listener) override;
  /// The process is dead: no answer reaches it any more.
  void cut() { cut_ = true; }

 private:
  SteadyDuration draw_way();
  bool draw(double probability);

  RequestsUnderWay& under_way_;
  Time& time_;
  std::mt19937_64& random_;
  NetworkModel network_;
  bool cut_ = false;
};

}  // namespace payferry::test
