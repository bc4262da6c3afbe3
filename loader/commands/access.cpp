#include "loader/commands/access.hpp"

#include <iostream>

#include "config/token_source.hpp"
#include "loader/commands/command_failure.hpp"
#include "net/oauth_token.hpp"
#include "net/static_token.hpp"

namespace payferry {

namespace {

std::unique_ptr<Authorization> open_oauth(const OAuthSettings& oauth, ConnectionPool& pool,
                                          Time& time, boost::asio::any_io_executor executor) {
  auto secrets = read_oauth_secrets(oauth);
  if (!secrets) throw CommandFailure(ExitCode::unusable, secrets.error());
  OAuthCredentials credentials;
  credentials.client_id = std::move(secrets->client_id);
  credentials.client_secret = std::move(secrets->client_secret);
  credentials.refresh_token = std::move(secrets->refresh_token);
  return std::make_unique<OAuthToken>(std::move(credentials), pool.base_url().path, pool, time,
                                      std::move(executor));
}

}  // namespace

std::unique_ptr<Authorization> open_authorization(const HubSpotSettings& hubspot,
                                                  ConnectionPool& pool, Time& time,
                                                  boost::asio::any_io_executor executor) {
  if (hubspot.oauth) return open_oauth(*hubspot.oauth, pool, time, std::move(executor));
  auto token = read_token(hubspot);
  if (!token) throw CommandFailure(ExitCode::unusable, token.error());
  if (!token->warning.empty()) std::cerr << "payferry: warning: " << token->warning << "\n";
  return std::make_unique<StaticToken>(std::move(token->secret));
}

}  // namespace payferry
