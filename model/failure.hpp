#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "model/answer.hpp"
#include "model/batch_answer.hpp"
#include "model/classify.hpp"

namespace payferry {

/// What an answer that is no success says of the call as a whole, whatever call it was.
struct Failure {
  Reaction reaction = Reaction::retry;  ///< never none
  FateKind fate = FateKind::in_doubt;   ///< of what was sent: in_doubt or not_done
  ThrottlePolicy throttle = ThrottlePolicy::window;
  StopKind stop_kind = StopKind::unusable;
  std::string stop_text;  ///< of stop, and of refresh for where there is no way to refresh
  Refusal whole;
  std::optional<std::chrono::seconds> retry_after;
};

/// An answer came, with a status of 200 to 299. What its body says is another matter.
bool is_success(const Answer& answer);

/// Decides by status and body (contract §3.4 to §3.7) for everything but a success.
Failure classify_failure(const Answer& answer, const BatchAnswer& body);

}  // namespace payferry
