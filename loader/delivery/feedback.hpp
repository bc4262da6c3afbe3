#pragma once

#include "model/answer.hpp"
#include "model/classify.hpp"
#include "net/admission.hpp"

namespace payferry {

/// What admission is to learn from an answer and what it was taken for.
Feedback feedback_of(const Answer& answer, Reaction reaction, ThrottlePolicy throttle);

}  // namespace payferry
