#pragma once

#include "model/answer.hpp"
#include "model/batch_answer.hpp"
#include "model/classify.hpp"

namespace payferry {

/// What an answer that is no success says of a call, whatever call it was. The reaction is
/// never none.
struct Failure : WholeVerdict {
  FateKind fate = FateKind::in_doubt;  ///< of what was sent: in_doubt or not_done
};

/// An answer came, with a status of 200 to 299. What its body says is another matter.
bool is_success(const Answer& answer);

/// Decides by status and body (contract §3.4 to §3.7) for everything but a success.
Failure classify_failure(const Answer& answer, const BatchAnswer& body);

}  // namespace payferry
