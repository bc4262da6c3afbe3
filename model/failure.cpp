#include "model/failure.hpp"

#include <algorithm>

#include "model/error_kind.hpp"
#include "model/stop_failure.hpp"

namespace payferry {

namespace {

const AnsweredError& error_of(const BatchAnswer& body) {
  static const AnsweredError kNone;
  return body.whole ? *body.whole : kNone;
}

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

Failure fail(Reaction reaction, FateKind fate) {
  Failure failure;
  failure.reaction = reaction;
  failure.fate = fate;
  return failure;
}

/// "ten_secondly" holds "secondly", so the longer word is asked for first.
ThrottlePolicy throttle_policy(const AnsweredError& error) {
  for (const std::string* text : {&error.policy_name, &error.message}) {
    std::string word = *text;
    for (char& c : word) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
    if (contains(word, "daily")) return ThrottlePolicy::daily;
    if (contains(word, "ten_secondly") || contains(word, "ten secondly")) break;
    if (contains(word, "secondly")) return ThrottlePolicy::secondly;
  }
  return ThrottlePolicy::window;
}

Failure throttled(const AnsweredError& error) {
  Failure failure = fail(Reaction::throttled, FateKind::not_done);
  failure.throttle = throttle_policy(error);
  return failure;
}

bool names_records(const BatchAnswer& body) {
  const auto names = [](const AnsweredError& error) { return !error.trace_ids.empty(); };
  return names(error_of(body)) || std::any_of(body.errors.begin(), body.errors.end(), names);
}

/// Refused for something in what was sent, if it is HubSpot that refuses: a gateway's page says
/// nothing of a record, and no record is rejected for it.
Failure refused(const BatchAnswer& body) {
  const AnsweredError& error = error_of(body);
  if (auto failure = stop_for_run(error)) return *failure;
  if (!says_anything(error) && body.errors.empty()) {
    return fail(Reaction::retry, FateKind::in_doubt);
  }
  return fail(Reaction::isolate, FateKind::not_done);
}

Failure by_status(int status, const BatchAnswer& body) {
  const AnsweredError& error = error_of(body);
  switch (status) {
    case 400:
    case 409:
    case 422:
      return refused(body);
    case 401:
      return stop_for_token(error);
    case 403:
      return stop_for_permission(error);
    case 404:
      if (names_records(body)) return refused(body);
      [[fallthrough]];
    case 405:
    case 410:
      return stop_for_endpoint(status, error);
    case 407:
      return stop(StopKind::unusable,
                  "The proxy wants to know who asks (407). Give it a user and a password in "
                  "[hubspot] proxy, http://user:password@host:port.");
    case 413:
    case 414:
    case 415:
      return fail(Reaction::isolate, FateKind::not_done);
    case 423:
      return fail(Reaction::locked, FateKind::not_done);
    case 429:
      return throttled(error);
    case 477:
      return fail(Reaction::moving, FateKind::not_done);
    case 525:
    case 526:
      return fail(Reaction::retry, FateKind::not_done);
    default:
      break;
  }
  if (status >= 300 && status < 400) return stop_for_redirect(status);
  return fail(Reaction::retry, FateKind::in_doubt);
}

Refusal whole_refusal(const Answer& answer, const BatchAnswer& body) {
  if (body.whole) return to_refusal(*body.whole, answer);
  Refusal refusal;
  refusal.correlation_id = answer.correlation_id;
  refusal.code = "HTTP_" + std::to_string(answer.status);
  refusal.message = "The server answered " + std::to_string(answer.status) +
                    (body.well_formed ? " and gave no reason" : " without a body of HubSpot's");
  return refusal;
}

/// Trouble that waiting does not mend ends the run at once, with the words of who met it.
Failure unanswered(const Answer& answer) {
  const FateKind fate = answer.reach == Reach::not_sent ? FateKind::not_done : FateKind::in_doubt;
  Failure failure = fail(Reaction::retry, fate);
  if (answer.failure_kind == FailureKind::tls_untrusted) {
    failure = stop(StopKind::unusable, answer.failure);
  } else if (answer.failure_kind == FailureKind::unauthorized) {
    failure = stop(StopKind::token_refused, answer.failure);
  }
  failure.fate = fate;
  failure.whole.message = answer.failure;
  return failure;
}

}  // namespace

bool is_success(const Answer& answer) {
  return answer.reach == Reach::answered && answer.status >= 200 && answer.status < 300;
}

Failure classify_failure(const Answer& answer, const BatchAnswer& body) {
  if (answer.reach != Reach::answered) return unanswered(answer);
  Failure failure = by_status(answer.status, body);
  failure.whole = whole_refusal(answer, body);
  failure.retry_after = answer.retry_after ? answer.retry_after : error_of(body).retry_after;
  return failure;
}

}  // namespace payferry
