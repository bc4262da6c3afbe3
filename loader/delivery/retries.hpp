#pragma once

#include <boost/asio/awaitable.hpp>
#include <optional>

#include "loader/delivery/delivery_context.hpp"
#include "loader/delivery/retry_rules.hpp"
#include "model/answer.hpp"

namespace payferry {

/// The requests of one delivery that follow each other: waits for leave to make them, again where
/// need be, and stops the run where their failures are an outage. Thread: the network's.
class Retries {
 public:
  /// `context` must outlive this.
  explicit Retries(DeliveryContext& context)
      : context_(context),
        rules_({context.settings, context.admission, context.time, context.stop, context.random,
                context.failed_probes}) {}

  /// Waits for leave to send, and before that for as long as the last failure asks for. Nothing
  /// once the run is to stop.
  boost::asio::awaitable<std::optional<Permit>> admit(RequestKind kind);

  /// The next request goes out no earlier.
  SteadyPoint not_before() const { return rules_.not_before(); }
  /// The last request asked whether a server known to be down is back.
  bool was_probe() const { return rules_.was_probe(); }

  /// To be told of every answer, with what it was taken for.
  void answered(Permit& permit, const Answer& answer, const WholeVerdict& verdict);

 private:
  void take(RetryRules::Effect effect);

  DeliveryContext& context_;
  RetryRules rules_;
};

}  // namespace payferry
