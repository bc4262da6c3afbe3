#include "model/failure.hpp"

#include <algorithm>
#include <charconv>

#include "model/api_error.hpp"

namespace payferry {

namespace {

using std::chrono::sys_days;

constexpr std::string_view kDaysAgo = " day(s) ago";
constexpr int kAbsurdDays = 3650;
/// No HubSpot token can have expired before there was HubSpot.
constexpr Instant kEarliestExpiry = sys_days(std::chrono::year(2006) / 1 / 1);

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

Failure stop(StopKind kind, std::string text) {
  Failure failure = fail(Reaction::stop, FateKind::not_done);
  failure.stop_kind = kind;
  failure.stop_text = std::move(text);
  return failure;
}

/// One sentence of what is wrong with HubSpot's own words, one of the remedy.
std::string explain(std::string_view fault, const AnsweredError& error, std::string_view remedy) {
  std::string_view words = error.message;
  while (words.ends_with('.') || words.ends_with(' ')) words.remove_suffix(1);
  std::string text(fault);
  if (!words.empty()) text.append(": ").append(words);
  return text.append(". ").append(remedy);
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

/// "… expired 20336 day(s) ago": days since 1970, which a garbage or wrong-kind token gets
/// (contract §3.6).
bool is_absurd_expiry(const AnsweredError& error) {
  if (error.expired_at && *error.expired_at < kEarliestExpiry) return true;
  const std::size_t end = error.message.find(kDaysAgo);
  if (end == std::string::npos) return false;
  const std::size_t blank = error.message.rfind(' ', end == 0 ? 0 : end - 1);
  const std::size_t start = blank == std::string::npos ? 0 : blank + 1;
  int days = 0;
  std::from_chars(error.message.data() + start, error.message.data() + end, days);
  return days >= kAbsurdDays;
}

Failure unauthorized(const AnsweredError& error) {
  if (error.category != "EXPIRED_AUTHENTICATION") {
    return stop(
        StopKind::token_refused,
        explain("HubSpot does not accept the token (401)", error,
                "Check that it is whole, not rotated or revoked, and of the right account."));
  }
  if (is_absurd_expiry(error)) {
    return stop(StopKind::token_refused,
                "HubSpot takes the token for one that expired decades ago, which is its answer to "
                "a malformed token or one of the wrong kind. Give a private app's access token or "
                "a service key, whole and without quotes or blanks.");
  }
  Failure failure = stop(StopKind::token_refused,
                         "The token has expired. Give a new one, then go on with payferry resume.");
  failure.reaction = Reaction::refresh;
  return failure;
}

std::string joined(const std::vector<std::string>& texts) {
  std::string list;
  for (const std::string& text : texts) list += (list.empty() ? "" : ", ") + text;
  return list;
}

Failure missing_scopes(const AnsweredError& error) {
  constexpr std::string_view kRemedy =
      "Add it to the app in HubSpot, then go on with payferry resume.";
  if (error.required_scopes.empty()) {
    return stop(StopKind::scope_missing,
                explain("The token lacks a scope that this call needs", error, kRemedy));
  }
  return stop(StopKind::scope_missing, "The token lacks a scope that this call needs, one of " +
                                           joined(error.required_scopes) + ". " +
                                           std::string(kRemedy));
}

Failure forbidden(const AnsweredError& error) {
  if (error.category == "MISSING_SCOPES" || !error.required_scopes.empty()) {
    return missing_scopes(error);
  }
  if (!says_anything(error)) {
    return stop(StopKind::unusable,
                "A gateway, firewall or proxy, not HubSpot itself, forbids the call (403). See "
                "that [hubspot] base_url and proxy are right and that this address is not "
                "blocked.");
  }
  return stop(StopKind::scope_missing, explain("HubSpot forbids this token the call (403)", error,
                                               "See what the app and its account may do."));
}

Failure redirected(int status) {
  return stop(StopKind::unusable,
              "The server answers with a redirect (" + std::to_string(status) +
                  "), which is never followed, as the token would travel with it. Set [hubspot] "
                  "base_url to the API's own address, https://api.hubapi.com.");
}

Failure no_such_endpoint(int status, const AnsweredError& error) {
  return stop(StopKind::unusable,
              explain("There is no such endpoint (" + std::to_string(status) + ")", error,
                      "Check [hubspot] object, api_version and base_url."));
}

bool is_oauth_refusal(const AnsweredError& error) {
  return error.category.starts_with("BAD_") || error.code == "invalid_grant" ||
         error.code == "invalid_client";
}

/// Something about the run that every record would meet again.
std::optional<Failure> unusable_run(const AnsweredError& error) {
  if (contains(error.message, "Unable to infer object type")) {
    return stop(StopKind::unusable, explain("HubSpot knows no such object type", error,
                                            "Set [hubspot] object to one that the account has."));
  }
  if (contains(error.message, "by non-unique")) {
    return stop(StopKind::unusable,
                explain("id_property is not unique in HubSpot", error,
                        "Set [hubspot] id_property to a property with hasUniqueValue."));
  }
  if (error.category == "MISSING_SCOPES") return missing_scopes(error);
  if (is_oauth_refusal(error)) {
    return stop(StopKind::token_refused,
                explain("HubSpot does not accept the OAuth credentials", error,
                        "Check the client id, the client secret and the refresh token."));
  }
  return std::nullopt;
}

bool names_records(const BatchAnswer& body) {
  const auto names = [](const AnsweredError& error) { return !error.trace_ids.empty(); };
  return names(error_of(body)) || std::any_of(body.errors.begin(), body.errors.end(), names);
}

/// Refused for something in what was sent, if it is HubSpot that refuses: a gateway's page says
/// nothing of a record, and no record is rejected for it.
Failure refused(const BatchAnswer& body) {
  const AnsweredError& error = error_of(body);
  if (auto failure = unusable_run(error)) return *failure;
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
      return unauthorized(error);
    case 403:
      return forbidden(error);
    case 404:
      if (names_records(body)) return refused(body);
      [[fallthrough]];
    case 405:
    case 410:
      return no_such_endpoint(status, error);
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
  if (status >= 300 && status < 400) return redirected(status);
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
