#include "net/proxy.hpp"

#include <openssl/evp.h>

#include <cstdlib>

#include "net/setup_error.hpp"

namespace payferry {

namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string percent_decoded(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_escape = text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 &&
                           hex_value(text[i + 2]) >= 0;
    if (!is_escape) {
      result += text[i];
      continue;
    }
    result += static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
    i += 2;
  }
  return result;
}

std::string base64(const std::string& text) {
  std::string result(4 * ((text.size() + 2) / 3) + 1, '\0');  // OpenSSL writes a zero at its end
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  auto* out = reinterpret_cast<unsigned char*>(result.data());
  result.resize(
      static_cast<std::size_t>(EVP_EncodeBlock(out, bytes, static_cast<int>(text.size()))));
  return result;
}

[[noreturn]] void refuse(std::string_view source, const std::string& problem) {
  throw SetupError(std::string(source) + " " + problem +
                   "; give it as in \"http://proxy.example:3128\"");
}

Proxy parse_proxy(std::string_view text, std::string_view source) {
  std::string_view rest = text;
  if (const auto scheme_end = text.find("://"); scheme_end != std::string_view::npos) {
    if (text.substr(0, scheme_end) != "http")
      refuse(source, "names a kind of proxy other than http");
    rest = text.substr(scheme_end + 3);
  }
  while (rest.ends_with('/')) rest.remove_suffix(1);
  Proxy proxy;
  if (const auto at = rest.rfind('@'); at != std::string_view::npos) {
    const std::string_view credentials = rest.substr(0, at);
    const auto colon = credentials.find(':');
    const std::string user = percent_decoded(credentials.substr(0, colon));
    const std::string password = colon == std::string_view::npos
                                     ? std::string()
                                     : percent_decoded(credentials.substr(colon + 1));
    proxy.authorization = "Basic " + base64(user + ":" + password);
    rest = rest.substr(at + 1);
  }
  const auto url = parse_base_url("http://" + std::string(rest));
  if (!url || !url->path.empty()) refuse(source, "is no URL of a proxy");
  proxy.host = url->host;
  proxy.port = url->port;
  return proxy;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

bool names(std::string_view entry, const BaseUrl& target) {
  entry = trimmed(entry);
  if (entry == "*") return true;
  if (entry.starts_with("*.")) entry.remove_prefix(2);
  if (entry.starts_with('.')) entry.remove_prefix(1);
  if (entry.empty()) return false;
  // An IPv6 address stands without brackets in NO_PROXY, so it is taken as it is before a port is
  // looked for.
  if (entry == target.host) return true;
  const auto named = parse_base_url("https://" + std::string(entry));
  if (!named) return false;
  if (entry.ends_with(":" + std::to_string(named->port)) && named->port != target.port)
    return false;
  return target.host == named->host || target.host.ends_with("." + named->host);
}

std::optional<std::string> either(const Environment& environment, const std::string& upper,
                                  const std::string& lower) {
  auto value = environment(lower);
  if (!value || value->empty()) value = environment(upper);
  return value && !value->empty() ? value : std::nullopt;
}

}  // namespace

bool bypasses_proxy(std::string_view no_proxy, const BaseUrl& target) {
  while (true) {
    const auto comma = no_proxy.find(',');
    if (names(no_proxy.substr(0, comma), target)) return true;
    if (comma == std::string_view::npos) return false;
    no_proxy.remove_prefix(comma + 1);
  }
}

std::optional<Proxy> choose_proxy(const std::optional<std::string>& setting, const BaseUrl& target,
                                  const Environment& environment) {
  if (setting) return parse_proxy(*setting, "proxy");
  if (!target.secure || is_loopback(target.host)) return std::nullopt;
  const auto proxy = either(environment, "HTTPS_PROXY", "https_proxy");
  if (!proxy) return std::nullopt;
  const auto exceptions = either(environment, "NO_PROXY", "no_proxy");
  if (exceptions && bypasses_proxy(*exceptions, target)) return std::nullopt;
  return parse_proxy(*proxy, "the environment variable HTTPS_PROXY");
}

}  // namespace payferry
