#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "config/base_url.hpp"

namespace payferry {

/// "host:port", with brackets around an IPv6 address: what CONNECT takes and people read.
std::string host_and_port(std::string_view host, std::uint16_t port);

/// The value of a Host header: without the scheme's own port.
std::string host_header(const BaseUrl& url);

/// The setting base_url; throws SetupError where it is no URL, or plain http other than to a
/// loopback address with allow_http.
BaseUrl usable_base_url(std::string_view text, bool allow_http);

}  // namespace payferry
