#pragma once

#include <functional>
#include <optional>
#include <string>
#include <tl/expected.hpp>

#include "config/secret.hpp"
#include "config/settings.hpp"

namespace payferry {

/// Looks up a variable of the environment; nothing where it is not set. A parameter for tests.
using Environment = std::function<std::optional<std::string>(const std::string& name)>;

/// The process's own environment.
std::optional<std::string> process_environment(const std::string& name);

struct Token {
  Secret secret;
  std::string
      warning;  ///< for people, where something should be mended: loose permissions; usually empty
};

struct OAuthSecrets {
  Secret client_id;
  Secret client_secret;
  Secret refresh_token;
};

/// The static token from token_file or token_env (HUBSPOT_TOKEN where neither is set). A path may
/// start with
/// ${CREDENTIALS_DIRECTORY} or $CREDENTIALS_DIRECTORY, for systemd's LoadCredential. The error is
/// one sentence with the remedy and without the secret.
tl::expected<Token, std::string> read_token(const HubSpotSettings& hubspot,
                                            const Environment& environment = process_environment);

/// The three secrets that [hubspot] oauth names.
tl::expected<OAuthSecrets, std::string> read_oauth_secrets(
    const OAuthSettings& oauth, const Environment& environment = process_environment);

}  // namespace payferry
