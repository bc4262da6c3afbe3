#include "loader/delivery/feedback.hpp"

namespace payferry {

namespace {

Feedback throttled_by(ThrottlePolicy policy) {
  switch (policy) {
    case ThrottlePolicy::window:
      return Feedback::throttled_window;
    case ThrottlePolicy::secondly:
      return Feedback::throttled_secondly;
    case ThrottlePolicy::daily:
      return Feedback::throttled_daily;
  }
  return Feedback::throttled_window;
}

}  // namespace

Feedback feedback_of(const Answer& answer, const WholeVerdict& verdict) {
  if (answer.reach == Reach::not_sent) return Feedback::unreachable;
  if (answer.reach == Reach::sent_unanswered) return Feedback::unanswered;
  if (verdict.reaction == Reaction::throttled) return throttled_by(verdict.throttle);
  const bool in_trouble =
      verdict.reaction == Reaction::retry || verdict.reaction == Reaction::locked;
  return in_trouble ? Feedback::overloaded : Feedback::answered;
}

StopReason stop_reason(StopKind kind) {
  switch (kind) {
    case StopKind::token_refused:
      return StopReason::token_refused;
    case StopKind::scope_missing:
      return StopReason::scope_missing;
    case StopKind::unusable:
      return StopReason::unusable;
  }
  return StopReason::unusable;
}

}  // namespace payferry
