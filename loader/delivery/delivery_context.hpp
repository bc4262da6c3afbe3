#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <random>
#include <vector>

#include "config/settings.hpp"
#include "loader/delivery/association_targets.hpp"
#include "loader/delivery/batch_progress.hpp"
#include "loader/delivery/delivery_events.hpp"
#include "loader/delivery/keys_in_flight.hpp"
#include "loader/delivery/origin.hpp"
#include "loader/delivery/stop_signal.hpp"
#include "loader/run/run_log.hpp"
#include "model/batch_answer.hpp"
#include "net/admission.hpp"
#include "net/event.hpp"
#include "net/hubspot_api.hpp"
#include "net/hubspot_clock.hpp"
#include "net/time.hpp"

namespace payferry {

/// All that the deliveries of a run share. What it refers to must outlive the nursery that they run
/// in. Thread: the network's.
struct DeliveryContext {
  boost::asio::any_io_executor executor;  ///< the network's
  const Settings& settings;
  RunFacts run;
  HubSpotApi& api;
  Admission& admission;
  RunLog& log;
  Time& time;
  HubSpotClock& clock;
  StopSignal& stop;
  std::mt19937_64& random;
  /// When an earlier process last sent what was cut, and settled since.
  std::optional<Instant> earlier_cut_send{};
  /// The rules of the mapping, with the types that the account has for them.
  std::vector<AssociationRule> associations = settings.mapping.associations;
  AssociationTargets targets{associations, executor};
  KeysInFlight keys_in_flight{executor};
  Event changed{executor};  ///< a delivery got leave to send, or ended
  /// Requests that failed one after another while HubSpot was known to be down.
  std::uint32_t failed_probes = 0;
  std::size_t deliveries = 0;    ///< begun and not ended
  std::size_t ready = 0;         ///< of these, have something to send and wait for leave
  std::size_t held_by_keys = 0;  ///< of these, wait for WaitReason::same_keys
  DeliveryEventList events{};    ///< who is told of requests
  bool source_ended = false;     ///< the last batch was taken; not where a stop ended the reading

  BatchProgress::Options progress_options() const;
  AnswerInterest answer_interest() const;
  /// When a request of which no answer came can be taken to have ended at HubSpot's.
  SteadyPoint settled_by(const SendTime& sent) const;
  void stop_for_outage(std::uint32_t failures);
  /// Says why nothing is admitted any more, if nobody has yet.
  void admission_closed();
};

}  // namespace payferry
