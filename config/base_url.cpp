#include "config/base_url.hpp"

#include <algorithm>
#include <charconv>

namespace payferry {

namespace {

bool take_prefix(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

bool is_host_letter(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
         (letter >= '0' && letter <= '9') || letter == '.' || letter == '-' || letter == '_';
}

bool is_address_letter(char letter) {
  return (letter >= 'a' && letter <= 'f') || (letter >= 'A' && letter <= 'F') ||
         (letter >= '0' && letter <= '9') || letter == ':' || letter == '.';
}

/// The host, taken off the front; what is left is empty or ":port".
std::optional<std::string> take_host(std::string_view& authority) {
  const bool bracketed = take_prefix(authority, "[");
  const std::size_t end = std::min(authority.find(bracketed ? ']' : ':'), authority.size());
  const std::string_view host = authority.substr(0, end);
  const bool valid =
      std::all_of(host.begin(), host.end(), bracketed ? is_address_letter : is_host_letter);
  if (host.empty() || !valid || (bracketed && end == authority.size())) return std::nullopt;
  authority.remove_prefix(end + (bracketed ? 1 : 0));
  return std::string(host);
}

bool read_port(std::string_view text, std::uint16_t& port) {
  if (text.empty()) return true;
  if (!take_prefix(text, ":")) return false;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc() && end == text.data() + text.size() && port != 0;
}

bool is_path_letter(char letter) {
  return letter > ' ' && letter < 0x7F &&
         std::string_view("?#\"<>\\^`{|}").find(letter) == std::string_view::npos;
}

}  // namespace

std::optional<BaseUrl> parse_base_url(std::string_view text) {
  BaseUrl url;
  if (take_prefix(text, "http://")) {
    url.secure = false;
    url.port = 80;
  } else if (!take_prefix(text, "https://")) {
    return std::nullopt;
  }
  const std::size_t path_start = std::min(text.find('/'), text.size());
  std::string_view authority = text.substr(0, path_start);
  std::optional<std::string> host = take_host(authority);
  if (!host || !read_port(authority, url.port)) return std::nullopt;
  url.host = std::move(*host);
  url.path = text.substr(path_start);
  while (url.path.ends_with('/')) url.path.pop_back();
  if (!std::all_of(url.path.begin(), url.path.end(), is_path_letter)) return std::nullopt;
  return url;
}

bool is_loopback(std::string_view host) {
  if (host == "localhost" || host == "::1") return true;
  const bool numeric = std::all_of(host.begin(), host.end(), [](char letter) {
    return (letter >= '0' && letter <= '9') || letter == '.';
  });
  return numeric && host.starts_with("127.") && std::count(host.begin(), host.end(), '.') == 3;
}

}  // namespace payferry
