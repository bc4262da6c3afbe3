#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace payferry {

/// An http or https URL of a server, split. User, password, query and fragment are not taken.
struct BaseUrl {
  bool secure = true;
  std::string host;  ///< without the brackets of an IPv6 address
  std::uint16_t port = 443;
  std::string path;  ///< without a slash at the end; usually empty
};

/// Nothing where `text` is no such URL.
std::optional<BaseUrl> parse_base_url(std::string_view text);

/// This machine itself: localhost, 127.0.0.0/8, ::1.
bool is_loopback(std::string_view host);

}  // namespace payferry
