#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <memory>

#include "bench/simulator/core/simulated_exchange.hpp"
#include "bench/simulator/server/server_identity.hpp"

namespace payferry::simulator {

/// What stands behind the connections.
class RequestHandler {
 public:
  virtual ~RequestHandler() = default;
  virtual SimulatedReply handle(const SimulatedRequest& request) = 0;
  virtual void accepted() = 0;
  virtual void handshaken(bool resumed) = 0;
};

/// Speaks HTTPS on accepted sockets: keep-alive, delays, resets and truncated answers as the
/// replies want them. Thread: the one of the sockets' executor. `handler` must outlive it.
class Connections {
 public:
  Connections(const ServerIdentity& identity, RequestHandler& handler);
  ~Connections();

  /// Serves one connection until it ends. Never throws for what the client does; cancelling closes
  /// the connection.
  boost::asio::awaitable<void> serve(boost::asio::ip::tcp::socket socket);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace payferry::simulator
