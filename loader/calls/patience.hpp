#pragma once

#include <boost/asio/awaitable.hpp>
#include <optional>

#include "loader/calls/call_context.hpp"
#include "loader/delivery/retry_rules.hpp"
#include "model/answer.hpp"

namespace payferry {

/// How often and how soon a batch's calls are made again. For calls that do no harm when they are
/// repeated (batch read, batch archive), so that no failure needs to be looked into before.
/// Thread: the network's.
class Patience {
 public:
  /// `context` must outlive this.
  explicit Patience(CallContext& context)
      : context_(context),
        rules_({context.settings, context.admission, context.time, context.stop, context.random,
                context.failed_probes}) {}
  ~Patience() { land(); }
  Patience(const Patience&) = delete;
  Patience& operator=(const Patience&) = delete;

  /// Waits for leave to send, and before that for as long as the last failure asks for; nothing
  /// once the command is to stop. It can be interrupted (total cancellation) while it waits; from
  /// then on the coroutine is only open to terminal cancellation.
  boost::asio::awaitable<std::optional<Permit>> admit(RequestKind kind);

  /// To be told of every answer, with what it was taken for. After any reaction but none and
  /// isolate the call is to be made again, unless a stop has been asked for.
  void answered(Permit& permit, const Answer& answer, const WholeVerdict& verdict);

 private:
  void take_off();
  void land();
  void take(RetryRules::Effect effect);

  CallContext& context_;
  RetryRules rules_;
  bool in_flight_ = false;
};

}  // namespace payferry
