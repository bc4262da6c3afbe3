#pragma once

#include "loader/delivery/stop_signal.hpp"
#include "model/answer.hpp"
#include "model/classify.hpp"
#include "net/admission.hpp"

namespace payferry {

/// What admission is to learn from an answer and what it was taken for.
Feedback feedback_of(const Answer& answer, const WholeVerdict& verdict);

/// Why a run ends with which nothing that is sent can succeed.
StopReason stop_reason(StopKind kind);

}  // namespace payferry
