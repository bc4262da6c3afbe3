#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "bench/simulator/core/fault.hpp"
#include "bench/simulator/core/ledger.hpp"
#include "bench/simulator/core/simulated_exchange.hpp"
#include "bench/simulator/core/simulator_options.hpp"
#include "bench/simulator/core/statistics.hpp"

namespace payferry::simulator {

/// A HubSpot account and its API, as faithful as the contract knows it (contract §10), without any
/// I/O: it takes requests with their time of arrival and says what is answered, when, and what of
/// it gets through. Deterministic: the same options and the same requests at the same times give
/// the same replies. Thread: any one at a time.
class SimulatedHubSpot {
 public:
  explicit SimulatedHubSpot(const SimulatorOptions& options);
  ~SimulatedHubSpot();
  SimulatedHubSpot(const SimulatedHubSpot&) = delete;
  SimulatedHubSpot& operator=(const SimulatedHubSpot&) = delete;

  /// Times never go back. What the request writes is written at `now`, unless a fault says
  /// otherwise.
  SimulatedReply handle(const SimulatedRequest& request, Instant now);
  /// Carries out what is still running on the server by then (Fault::late_commit). handle() does it
  /// too.
  void advance(Instant now);
  /// The soonest moment at which advance() would do something.
  std::optional<Instant> next_late_commit() const;

  /// Another integration spends so many requests of every app's window and of the day.
  void external_requests(std::uint32_t count, Instant now);
  /// … and goes on to spend so many a second, evenly, from now on.
  void external_rate(double requests_per_second, Instant now);

  FaultInjector& faults();
  SimulatorSwitches& switches();
  const Ledger& ledger() const;
  Statistics& statistics();

  /// Records of an object type ("commerce_payments") that stand, archived ones not counted.
  std::size_t live_records(std::string_view object) const;
  /// The value of a property of a live record, found by a unique property.
  std::optional<std::string> value_of(std::string_view object, std::string_view unique_property,
                                      std::string_view unique_value,
                                      std::string_view property) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace payferry::simulator
