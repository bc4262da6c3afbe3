#include "net/host_text.hpp"

#include "net/setup_error.hpp"

namespace payferry {

namespace {

std::string bracketed(std::string_view host) {
  const bool is_ipv6 = host.find(':') != std::string_view::npos;
  return is_ipv6 ? "[" + std::string(host) + "]" : std::string(host);
}

}  // namespace

std::string host_and_port(std::string_view host, std::uint16_t port) {
  return bracketed(host) + ":" + std::to_string(port);
}

std::string host_header(const BaseUrl& url) {
  const std::uint16_t usual = url.secure ? 443 : 80;
  return url.port == usual ? bracketed(url.host) : host_and_port(url.host, url.port);
}

BaseUrl usable_base_url(std::string_view text, bool allow_http) {
  auto url = parse_base_url(text);
  if (!url) {
    throw SetupError("base_url \"" + std::string(text) +
                     "\" is no URL of a server; give it as in \"https://api.hubapi.com\"");
  }
  if (!url->secure && !(allow_http && is_loopback(url->host))) {
    throw SetupError("base_url \"" + std::string(text) +
                     "\" is plain http, which is taken only for a loopback address with allow_http "
                     "= true; use https");
  }
  return std::move(*url);
}

}  // namespace payferry
