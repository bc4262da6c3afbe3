#pragma once

#include <boost/asio/awaitable.hpp>
#include <optional>
#include <random>
#include <string_view>

#include "config/settings.hpp"
#include "loader/delivery/retry_rules.hpp"
#include "loader/delivery/stop_signal.hpp"
#include "model/answer.hpp"
#include "model/failure.hpp"
#include "net/admission.hpp"
#include "net/hubspot_api.hpp"
#include "net/hubspot_clock.hpp"
#include "net/time.hpp"

namespace payferry {

/// Puts questions to HubSpot, one at a time, that change nothing there: what a command must know
/// before its work. While a question waits it can be interrupted (total cancellation). All
/// references must outlive it. Thread: the network's.
class Asker {
 public:
  Asker(const Settings& settings, HubSpotApi& api, Admission& admission, Time& time,
        HubSpotClock& clock, StopSignal& stop, std::mt19937_64& random)
      : settings_(settings),
        api_(api),
        admission_(admission),
        time_(time),
        clock_(clock),
        stop_(stop),
        random_(random) {}

  /// Asks until an answer comes that is worth reading; nothing once the command is to stop, which
  /// it asks `stop` for where no question can succeed, or has not after retry.attempts of them.
  /// `refused`, if any, begins the sentence where HubSpot will not answer such a question.
  boost::asio::awaitable<std::optional<Answer>> ask(const ApiCall& call,
                                                    std::string_view refused = {});
  /// For what a command can do without: one try.
  boost::asio::awaitable<std::optional<Answer>> ask_once(const ApiCall& call);

  StopSignal& stop() { return stop_; }

 private:
  void take_failure(RetryRules& rules, const Answer& answer, const Failure& failure,
                    std::string_view refused);

  const Settings& settings_;
  HubSpotApi& api_;
  Admission& admission_;
  Time& time_;
  HubSpotClock& clock_;
  StopSignal& stop_;
  std::mt19937_64& random_;
};

}  // namespace payferry
