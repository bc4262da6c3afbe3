#include "loader/commands/access.hpp"

#include "config/token_source.hpp"
#include "loader/commands/command_failure.hpp"
#include "loader/commands/tell.hpp"
#include "net/oauth_token.hpp"
#include "net/shared_budget.hpp"
#include "net/static_token.hpp"

namespace payferry {

namespace {

std::string host_of(const BaseUrl& base_url) {
  return base_url.host + ":" + std::to_string(base_url.port);
}

Access open_oauth(const Settings& settings, ConnectionPool& pool, Time& time,
                  boost::asio::any_io_executor executor) {
  auto secrets = read_oauth_secrets(*settings.hubspot.oauth);
  if (!secrets) refuse(secrets.error());
  Access access;
  // Limits are per app and account, and a refresh token belongs to one of each.
  access.budget = shared_budget(settings.limits, secrets->refresh_token.reveal(),
                                host_of(pool.base_url()), time.now());
  OAuthCredentials credentials;
  credentials.client_id = std::move(secrets->client_id);
  credentials.client_secret = std::move(secrets->client_secret);
  credentials.refresh_token = std::move(secrets->refresh_token);
  access.authorization = std::make_unique<OAuthToken>(std::move(credentials), pool.base_url().path,
                                                      pool, time, std::move(executor));
  return access;
}

Access open_static_token(const Settings& settings, ConnectionPool& pool, Time& time) {
  auto token = read_token(settings.hubspot);
  if (!token) refuse(token.error());
  if (!token->warning.empty()) tell("payferry: warning: " + token->warning);
  Access access;
  access.budget =
      shared_budget(settings.limits, token->secret.reveal(), host_of(pool.base_url()), time.now());
  access.authorization = std::make_unique<StaticToken>(std::move(token->secret));
  return access;
}

}  // namespace

Access open_access(const Settings& settings, ConnectionPool& pool, Time& time,
                   boost::asio::any_io_executor executor) {
  if (settings.hubspot.oauth) return open_oauth(settings, pool, time, std::move(executor));
  return open_static_token(settings, pool, time);
}

}  // namespace payferry
