#include "process/tunnel_proxy.hpp"

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <stdexcept>
#include <string_view>

namespace payferry::test {

namespace {

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  return address;
}

sockaddr* raw(sockaddr_in& address) {
  return reinterpret_cast<sockaddr*>(&address);
}

std::string read_head(int client) {
  std::string head;
  char byte = 0;
  while (!head.ends_with("\r\n\r\n") && ::recv(client, &byte, 1, 0) == 1) head += byte;
  return head;
}

/// Of "CONNECT host:port HTTP/1.1"; 0: it is not one.
std::uint16_t port_of(const std::string& head) {
  const std::size_t end = head.find(" HTTP/");
  if (!head.starts_with("CONNECT ") || end == std::string::npos) return 0;
  return static_cast<std::uint16_t>(std::stoi(head.substr(head.rfind(':', end) + 1)));
}

/// Moves what has come; false at the end.
bool move_bytes(int from, int to) {
  std::array<char, 16384> bytes;
  const ssize_t size = ::recv(from, bytes.data(), bytes.size(), 0);
  if (size <= 0) return false;
  return ::send(to, bytes.data(), static_cast<std::size_t>(size), MSG_NOSIGNAL) == size;
}

void pump(int client, int server) {
  std::array<pollfd, 2> both{pollfd{client, POLLIN, 0}, pollfd{server, POLLIN, 0}};
  while (::poll(both.data(), both.size(), -1) > 0) {
    if (both[0].revents != 0 && !move_bytes(client, server)) return;
    if (both[1].revents != 0 && !move_bytes(server, client)) return;
  }
}

}  // namespace

TunnelProxy::TunnelProxy() : listener_(::socket(AF_INET, SOCK_STREAM, 0)) {
  sockaddr_in address = loopback(0);
  socklen_t size = sizeof address;
  if (::bind(listener_, raw(address), size) != 0 || ::listen(listener_, 16) != 0 ||
      ::getsockname(listener_, raw(address), &size) != 0) {
    throw std::runtime_error("the proxy cannot listen");
  }
  port_ = ntohs(address.sin_port);
  accepting_ = std::thread([this] { accept_all(); });
}

TunnelProxy::~TunnelProxy() {
  ::shutdown(listener_, SHUT_RDWR);
  accepting_.join();
  {
    const std::lock_guard lock(mutex_);
    for (const int socket : sockets_) ::shutdown(socket, SHUT_RDWR);
  }
  for (std::thread& thread : tunnels_) thread.join();
  for (const int socket : sockets_) ::close(socket);
  ::close(listener_);
}

std::vector<std::string> TunnelProxy::requests() {
  const std::lock_guard lock(mutex_);
  return requests_;
}

int TunnelProxy::keep(int socket) {
  const std::lock_guard lock(mutex_);
  sockets_.push_back(socket);
  return socket;
}

void TunnelProxy::accept_all() {
  for (int client = 0; (client = ::accept(listener_, nullptr, nullptr)) >= 0;) {
    keep(client);
    tunnels_.emplace_back([this, client] { tunnel(client); });
  }
}

void TunnelProxy::tunnel(int client) {
  const std::string head = read_head(client);
  {
    const std::lock_guard lock(mutex_);
    requests_.push_back(head);
  }
  const int server = keep(::socket(AF_INET, SOCK_STREAM, 0));
  sockaddr_in address = loopback(port_of(head));
  constexpr std::string_view kOpen = "HTTP/1.1 200 Connection established\r\n\r\n";
  if (::connect(server, raw(address), sizeof address) == 0 &&
      ::send(client, kOpen.data(), kOpen.size(), MSG_NOSIGNAL) > 0) {
    pump(client, server);
  }
  ::shutdown(client, SHUT_RDWR);
  ::shutdown(server, SHUT_RDWR);
}

}  // namespace payferry::test
