#include "bench/simulator/core/authentication.hpp"

#include <algorithm>
#include <boost/json.hpp>

namespace payferry::simulator {

namespace {

namespace json = boost::json;

ApiError no_credentials() {
  ApiError error;
  error.status = 401;
  error.category = "INVALID_AUTHENTICATION";
  error.message =
      "Authentication credentials not found. This API supports OAuth 2.0 authentication and you "
      "can find more "
      "details at https://developers.hubspot.com/docs/methods/auth/oauth-overview";
  return error;
}

std::string_view bearer_token(std::string_view authorization) {
  constexpr std::string_view kScheme = "Bearer ";
  return authorization.starts_with(kScheme) ? authorization.substr(kScheme.size())
                                            : std::string_view();
}

std::string hex_token(Random& random) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string token = "sim-access-";
  for (int i = 0; i < 32; ++i) token += kDigits[random.below(16)];
  return token;
}

Authentication::TokenAnswer refuse_token(std::string_view error, std::string_view status,
                                         std::string_view message) {
  const json::object body{
      {"error", error}, {"error_description", message}, {"status", status}, {"message", message}};
  return {400, json::serialize(body)};
}

bool writes_objects(Operation operation) {
  const RequestClass request = class_of(operation);
  return request == RequestClass::write || request == RequestClass::association ||
         operation == Operation::associate_one || operation == Operation::associate_one_default;
}

std::string needed_scope(Operation operation, std::string_view object_scope) {
  const std::string object(object_scope);
  if (operation == Operation::property_create || operation == Operation::property_batch_create) {
    return "crm.schemas." + object + ".write";
  }
  if (object.empty()) return "oauth";
  return "crm.objects." + object + (writes_objects(operation) ? ".write" : ".read");
}

}  // namespace

std::optional<Caller> Authentication::identify(std::string_view authorization, Instant now,
                                               ApiError& error) const {
  const std::string_view token = bearer_token(authorization);
  if (token.empty()) {
    error = no_credentials();
    return std::nullopt;
  }
  if (expiry_.contains(token)) return identify_oauth(token, now, error);
  if (is_static(token)) return Caller{.app = std::string(token)};
  error = expired_token(Instant{}, now);
  return std::nullopt;
}

bool Authentication::is_static(std::string_view token) const {
  const bool any = options_.tokens.empty() && options_.oauth_client_id.empty();
  return any ||
         std::find(options_.tokens.begin(), options_.tokens.end(), token) != options_.tokens.end();
}

std::optional<Caller> Authentication::identify_oauth(std::string_view token, Instant now,
                                                     ApiError& error) const {
  const Instant expiry = expiry_.find(token)->second;
  if (now < expiry) return Caller{.app = "oauth:" + options_.oauth_client_id, .oauth = true};
  error = expired_token(expiry, now);
  return std::nullopt;
}

std::optional<ApiError> Authentication::check_scopes(Operation operation,
                                                     std::string_view object_scope) const {
  if (options_.missing_scopes.empty()) return std::nullopt;
  const std::string needed = needed_scope(operation, object_scope);
  const bool missing = std::find(options_.missing_scopes.begin(), options_.missing_scopes.end(),
                                 needed) != options_.missing_scopes.end();
  if (!missing) return std::nullopt;
  return missing_scopes({needed});
}

Authentication::TokenAnswer Authentication::give_token(std::string_view form, Instant now,
                                                       Random& random) {
  const auto is = [&](const char* name, const std::string& value) {
    return form_value(form, name) == std::optional(value);
  };
  if (options_.oauth_client_id.empty() || !is("client_id", options_.oauth_client_id) ||
      !is("client_secret", options_.oauth_client_secret)) {
    return refuse_token("invalid_client", "BAD_CLIENT_ID", "missing or invalid client id");
  }
  if (!is("grant_type", "refresh_token")) {
    return refuse_token("unsupported_grant_type", "BAD_GRANT_TYPE",
                        "missing or unknown grant type");
  }
  if (!is("refresh_token", options_.oauth_refresh_token)) {
    return refuse_token("invalid_grant", "BAD_REFRESH_TOKEN",
                        "refresh token is invalid, expired or revoked");
  }
  const std::string token = hex_token(random);
  expiry_[token] = now + options_.oauth_expires_in;
  const json::object body{{"token_type", "bearer"},
                          {"refresh_token", options_.oauth_refresh_token},
                          {"access_token", token},
                          {"expires_in", options_.oauth_expires_in.count()}};
  return {200, json::serialize(body)};
}

void Authentication::expire(std::string_view authorization, Instant now) {
  const auto found = expiry_.find(bearer_token(authorization));
  if (found != expiry_.end()) found->second = std::min(found->second, now);
}

ApiError expired_token(Instant expiry, Instant now) {
  const auto age = std::chrono::floor<std::chrono::seconds>(now - expiry);
  const auto days = std::chrono::floor<std::chrono::days>(age);
  const std::string text = days.count() > 1 ? std::to_string(days.count()) + " day(s)"
                                            : std::to_string(age.count()) + " second(s)";
  ApiError error;
  error.status = 401;
  error.category = "EXPIRED_AUTHENTICATION";
  error.message = "The OAuth token used to make this call expired " + text + " ago.";
  error.context = {{"expire time", {to_iso8601(expiry)}}};
  return error;
}

}  // namespace payferry::simulator
