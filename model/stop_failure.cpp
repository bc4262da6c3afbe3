#include "model/stop_failure.hpp"

#include <charconv>
#include <chrono>

#include "model/error_kind.hpp"

namespace payferry {

namespace {

using std::chrono::sys_days;

constexpr std::string_view kDaysAgo = " day(s) ago";
constexpr int kAbsurdDays = 3650;
/// No HubSpot token can have expired before there was HubSpot.
constexpr Instant kEarliestExpiry = sys_days(std::chrono::year(2006) / 1 / 1);

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

/// One sentence of what is wrong with HubSpot's own words, one of the remedy.
std::string explain(std::string_view fault, const AnsweredError& error, std::string_view remedy) {
  std::string_view words = error.message;
  while (words.ends_with('.') || words.ends_with(' ')) words.remove_suffix(1);
  std::string text(fault);
  if (!words.empty()) text.append(": ").append(words);
  return text.append(". ").append(remedy);
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

std::string joined(const std::vector<std::string>& texts) {
  std::string list;
  for (const std::string& text : texts) list += (list.empty() ? "" : ", ") + text;
  return list;
}

Failure missing_scopes(const AnsweredError& error) {
  constexpr std::string_view kRemedy = "Add it to the app in HubSpot.";
  if (error.required_scopes.empty()) {
    return stop(StopKind::scope_missing,
                explain("The token lacks a scope that this call needs", error, kRemedy));
  }
  return stop(StopKind::scope_missing, "The token lacks a scope that this call needs, one of " +
                                           joined(error.required_scopes) + ". " +
                                           std::string(kRemedy));
}

bool is_oauth_refusal(const AnsweredError& error) {
  return error.category.starts_with("BAD_") || error.code == "invalid_grant" ||
         error.code == "invalid_client";
}

}  // namespace

Failure stop(StopKind kind, std::string text) {
  Failure failure;
  failure.reaction = Reaction::stop;
  failure.fate = FateKind::not_done;
  failure.stop_kind = kind;
  failure.stop_text = std::move(text);
  return failure;
}

Failure stop_for_token(const AnsweredError& error) {
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
  Failure failure = stop(StopKind::token_refused, "The token has expired. Give a new one.");
  failure.reaction = Reaction::refresh;
  return failure;
}

Failure stop_for_permission(const AnsweredError& error) {
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

Failure stop_for_redirect(int status) {
  return stop(StopKind::unusable,
              "The server answers with a redirect (" + std::to_string(status) +
                  "), which is never followed, as the token would travel with it. Set [hubspot] "
                  "base_url to the API's own address, https://api.hubapi.com.");
}

Failure stop_for_endpoint(int status, const AnsweredError& error) {
  return stop(StopKind::unusable,
              explain("There is no such endpoint (" + std::to_string(status) + ")", error,
                      "Check [hubspot] object, api_version and base_url."));
}

std::optional<Failure> stop_for_run(const AnsweredError& error) {
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

}  // namespace payferry
