#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "loader/calls/call_context.hpp"
#include "loader/delivery/feedback.hpp"
#include "model/answer.hpp"
#include "model/classify.hpp"

namespace payferry {

/// How often and how soon a batch's calls are made again. For calls that do no harm when they are
/// repeated (batch read, batch archive), so that no failure needs to be looked into before.
/// Thread: the network's.
class Patience {
 public:
  /// `context` must outlive this.
  explicit Patience(CallContext& context) : context_(context) {}
  ~Patience() { land(); }
  Patience(const Patience&) = delete;
  Patience& operator=(const Patience&) = delete;

  /// Waits for leave to send, and before that for as long as the last failure asks for; nothing
  /// once the command is to stop. It can be interrupted (total cancellation) while it waits; from
  /// then on the coroutine is only open to terminal cancellation.
  boost::asio::awaitable<std::optional<Permit>> admit(RequestKind kind);

  /// To be told of every answer, with what it was taken for. After any reaction but none and
  /// isolate the call is to be made again, unless a stop has been asked for.
  template <class Verdict>
  void answered(Permit& permit, const Answer& answer, const Verdict& verdict) {
    permit.ended(answer, feedback_of(answer, verdict.reaction, verdict.throttle));
    land();
    react({verdict.reaction, verdict.stop_kind, verdict.stop_text, verdict.retry_after});
  }

 private:
  /// What an answer says of the call as a whole.
  struct Told {
    Reaction reaction;
    StopKind stop_kind;
    std::string_view stop_text;
    std::optional<std::chrono::seconds> retry_after;
  };

  void take_off();
  void land();
  void react(const Told& told);
  void count_server_fault(SteadyDuration at_least);
  void refresh(std::string_view stop_text, bool was_refreshed);

  CallContext& context_;
  bool in_flight_ = false;
  bool to_outage_ = false;  ///< the last call went out as a probe of a server known to be down
  bool refreshed_ = false;  ///< the last answer was a 401 that a new token may mend
  std::uint32_t server_faults_ = 0;
  SteadyPoint not_before_{};
};

}  // namespace payferry
