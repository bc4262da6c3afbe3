#pragma once

#include <cstdint>
#include <random>

#include "config/settings.hpp"
#include "loader/delivery/stop_signal.hpp"
#include "model/classify.hpp"
#include "net/admission.hpp"
#include "net/time.hpp"

namespace payferry {

/// How often and how soon requests that follow each other are made again (contract §3.7), and when
/// their failures are an outage. Thread: the network's.
class RetryRules {
 public:
  /// What all of them share; it must outlive them.
  struct Surroundings {
    const Settings& settings;
    Admission& admission;
    Time& time;
    StopSignal& stop;
    std::mt19937_64& random;
    /// Requests that failed one after another while HubSpot was known to be down.
    std::uint32_t& failed_probes;
  };
  /// What an answer was, for the books of whoever asked.
  enum class Effect {
    none,
    throttled,
    server_fault,  ///< to be tried again, not before not_before()
    outage,        ///< a server fault too, and one too many: failures() of them in a row
  };

  explicit RetryRules(const Surroundings& surroundings) : around_(surroundings) {}

  /// A request has leave to be sent.
  void sending() { was_probe_ = around_.admission.snapshot().circuit_open; }

  /// To be told of every answer, with what it was taken for.
  Effect answered(const WholeVerdict& verdict);

  /// The next request goes out no earlier.
  SteadyPoint not_before() const { return not_before_; }
  /// The last request asked whether a server known to be down is back.
  bool was_probe() const { return was_probe_; }
  /// One after another, of these requests or, of a server known to be down, of all.
  std::uint32_t failures() const { return was_probe_ ? around_.failed_probes : server_faults_; }

 private:
  Effect count_server_fault(SteadyDuration at_least);

  Surroundings around_;
  std::uint32_t server_faults_ = 0;
  bool was_probe_ = false;
  SteadyPoint not_before_{};
};

}  // namespace payferry
