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

Feedback feedback_of(const Answer& answer, Reaction reaction, ThrottlePolicy throttle) {
  if (answer.reach == Reach::not_sent) return Feedback::unreachable;
  if (answer.reach == Reach::sent_unanswered) return Feedback::unanswered;
  if (reaction == Reaction::throttled) return throttled_by(throttle);
  const bool in_trouble = reaction == Reaction::retry || reaction == Reaction::locked;
  return in_trouble ? Feedback::overloaded : Feedback::answered;
}

}  // namespace payferry
