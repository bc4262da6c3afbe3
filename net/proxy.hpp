#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "config/base_url.hpp"
#include "config/token_source.hpp"

namespace payferry {

/// An HTTP proxy that opens a way by CONNECT.
struct Proxy {
  std::string host;
  std::uint16_t port = 80;
  std::string authorization;  ///< value of Proxy-Authorization, empty: none. Never logged.
};

/// The proxy on the way to `target`: the setting where it is given, else HTTPS_PROXY or https_proxy
/// unless NO_PROXY or no_proxy names the host. The environment's proxy is never used for a loopback
/// address. Throws SetupError for a URL that cannot be used (its credentials are not repeated).
std::optional<Proxy> choose_proxy(const std::optional<std::string>& setting, const BaseUrl& target,
                                  const Environment& environment);

/// NO_PROXY's rules: "*", or names by commas, each for itself and all below it; a leading dot or
/// "*." and a port are allowed.
bool bypasses_proxy(std::string_view no_proxy, const BaseUrl& target);

}  // namespace payferry
