#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "loader/delivery/delivery_context.hpp"
#include "loader/delivery/feedback.hpp"
#include "model/answer.hpp"
#include "model/classify.hpp"

namespace payferry {

/// How often and how soon requests that follow each other are made again, and when their failures
/// end the run. Thread: the network's.
class Retries {
 public:
  /// `context` must outlive this.
  explicit Retries(DeliveryContext& context) : context_(context) {}

  /// Waits for leave to send, and before that for as long as the last failure asks for. Nothing
  /// once the run is to stop.
  boost::asio::awaitable<std::optional<Permit>> admit(RequestKind kind);

  /// The next request goes out no earlier.
  SteadyPoint not_before() const { return not_before_; }
  /// The last request asked whether a server known to be down is back.
  bool was_probe() const { return sent_to_outage_; }

  /// To be told of every answer, with what it was taken for.
  template <class SomeVerdict>
  void answered(Permit& permit, const Answer& answer, const SomeVerdict& verdict) {
    permit.ended(answer, feedback_of(answer, verdict.reaction, verdict.throttle));
    react({verdict.reaction, verdict.stop_kind, verdict.stop_text, verdict.retry_after});
  }

 private:
  /// What an answer says of the request as a whole.
  struct Told {
    Reaction reaction;
    StopKind stop_kind;
    std::string_view stop_text;
    std::optional<std::chrono::seconds> retry_after;
  };

  void react(const Told& told);
  void refresh(std::string_view stop_text, bool was_refreshed);
  void count_server_fault(SteadyDuration at_least);

  DeliveryContext& context_;
  std::uint32_t server_faults_ = 0;
  bool refreshed_ = false;       ///< the last answer was a 401 that a new token may mend
  bool sent_to_outage_ = false;  ///< the last request was a probe of a server known to be down
  SteadyPoint not_before_{};
};

}  // namespace payferry
