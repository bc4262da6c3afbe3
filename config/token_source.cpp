#include "config/token_source.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <string_view>
#include <utility>

namespace payferry {

namespace {

constexpr std::string_view kDefaultVariable = "HUBSPOT_TOKEN";
constexpr std::size_t kMaxTokenBytes = 8 * 1024;

using Refusal = tl::unexpected<std::string>;

void trim(std::string& text) {
  const auto is_blank = [](char letter) {
    return letter == ' ' || letter == '\t' || letter == '\r' || letter == '\n';
  };
  while (!text.empty() && is_blank(text.back())) text.pop_back();
  const auto first = std::find_if_not(text.begin(), text.end(), is_blank);
  text.erase(text.begin(), first);
}

/// Visible ASCII: what may stand in a header. A line end in it would end the header.
bool is_header_text(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char letter) { return letter > ' ' && letter < 0x7F; });
}

tl::expected<Secret, std::string> take_secret(std::string text, const std::string& where,
                                              std::string_view remedy) {
  trim(text);
  if (text.empty()) return Refusal(where + " is empty: " + std::string(remedy));
  const bool valid = is_header_text(text);
  Secret secret(std::move(text));
  if (!valid)
    return Refusal(where +
                   " holds blanks or control characters, which no token has: copy the token again");
  return secret;
}

tl::expected<Secret, std::string> from_variable(const std::string& name,
                                                const Environment& environment,
                                                std::string_view remedy) {
  std::optional<std::string> text = environment(name);
  if (!text)
    return Refusal("the environment variable " + name + " is not set: " + std::string(remedy));
  return take_secret(std::move(*text), "the environment variable " + name, remedy);
}

/// Replaces a leading $CREDENTIALS_DIRECTORY, the only variable of a path that systemd needs.
tl::expected<std::string, std::string> expand(const std::string& path,
                                              const Environment& environment) {
  constexpr std::string_view kVariable = "CREDENTIALS_DIRECTORY";
  for (const std::string& prefix :
       {"${" + std::string(kVariable) + "}/", "$" + std::string(kVariable) + "/"}) {
    if (!path.starts_with(prefix)) continue;
    const std::optional<std::string> directory = environment(std::string(kVariable));
    if (directory) return *directory + '/' + path.substr(prefix.size());
    return Refusal(
        "hubspot.token_file " + path +
        ": CREDENTIALS_DIRECTORY is not set; systemd sets it for a service with LoadCredential=");
  }
  return path;
}

std::string permission_warning(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0 || (status.st_mode & (S_IRWXG | S_IRWXO)) == 0) return {};
  // systemd's credentials belong to root and are opened to the service by an access list: 0440
  // there is right.
  if ((status.st_mode & (S_IRWXO | S_IWGRP)) == 0 && status.st_uid == 0) return {};
  return "the token file " + path + " can be read by others: chmod 600 " + path;
}

tl::expected<std::string, std::string> read_file(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) {
    if (errno == EACCES)
      return Refusal("the token file " + path + " cannot be read: check its permissions");
    return Refusal("the token file " + path + " is not there: check hubspot.token_file");
  }
  if (S_ISDIR(status.st_mode))
    return Refusal("the token file " + path + " is a directory: check hubspot.token_file");
  std::ifstream file(path, std::ios::binary);
  std::string text(kMaxTokenBytes + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (!file.is_open() || file.bad())
    return Refusal("the token file " + path + " cannot be read: check its permissions");
  text.resize(static_cast<std::size_t>(file.gcount()));
  if (text.size() > kMaxTokenBytes) {
    wipe(text);
    return Refusal("the token file " + path +
                   " is larger than any token: check hubspot.token_file");
  }
  return text;
}

tl::expected<Token, std::string> from_file(const std::string& name,
                                           const Environment& environment) {
  const tl::expected<std::string, std::string> path = expand(name, environment);
  if (!path) return tl::unexpected(path.error());
  tl::expected<std::string, std::string> text = read_file(*path);
  if (!text) return tl::unexpected(std::move(text).error());
  tl::expected<Secret, std::string> secret = take_secret(
      std::move(*text), "the token file " + *path, "put the token of the HubSpot app into it");
  if (!secret) return tl::unexpected(std::move(secret).error());
  return Token{std::move(*secret), permission_warning(*path)};
}

}  // namespace

std::optional<std::string> process_environment(const std::string& name) {
  const char* const value = std::getenv(name.c_str());
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

tl::expected<Token, std::string> read_token(const HubSpotSettings& hubspot,
                                            const Environment& environment) {
  if (hubspot.token_file) return from_file(*hubspot.token_file, environment);
  const std::string name = hubspot.token_env.value_or(std::string(kDefaultVariable));
  tl::expected<Secret, std::string> secret =
      from_variable(name, environment,
                    "set it to the token of a HubSpot app, or name a file with hubspot.token_file");
  if (!secret) return tl::unexpected(std::move(secret).error());
  return Token{std::move(*secret), {}};
}

tl::expected<OAuthSecrets, std::string> read_oauth_secrets(const OAuthSettings& oauth,
                                                           const Environment& environment) {
  OAuthSecrets secrets;
  const std::array<std::pair<const std::string*, Secret*>, 3> wanted{
      {{&oauth.client_id_env, &secrets.client_id},
       {&oauth.client_secret_env, &secrets.client_secret},
       {&oauth.refresh_token_env, &secrets.refresh_token}}};
  for (const auto& [name, target] : wanted) {
    tl::expected<Secret, std::string> secret = from_variable(
        *name, environment, "hubspot.oauth names it; set it to the value from the HubSpot app");
    if (!secret) return tl::unexpected(std::move(secret).error());
    *target = std::move(*secret);
  }
  return secrets;
}

}  // namespace payferry
