#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "config/base_url.hpp"
#include "config/settings.hpp"
#include "net/connection.hpp"
#include "net/connector.hpp"
#include "net/event.hpp"
#include "net/proxy.hpp"
#include "net/resolver.hpp"
#include "net/time.hpp"
#include "net/tls_context.hpp"
#include "net/transport.hpp"

namespace payferry {

/// Kept connections to the configured host. A request takes the one used last that is alive, and
/// opens another where none is idle: how many requests are under way is admission's business; the
/// bound here only keeps a mistake from eating all sockets. Thread: the network's. All exchanges
/// must have ended before it is destroyed.
class ConnectionPool final : public Transport {
 public:
  /// Throws SetupError where base_url, ca_file, the client's certificate or the proxy cannot be
  /// used. `time` and `resolver` must outlive this; null: the system's resolver.
  ConnectionPool(const HubSpotSettings& hubspot, const RetrySettings& retry, Time& time,
                 boost::asio::any_io_executor executor,
                 std::size_t max_connections = kMostConnections, Resolver* resolver = nullptr,
                 const Environment& environment = process_environment);
  ~ConnectionPool() override;

  boost::asio::awaitable<Answer> exchange(const HttpRequest& request,
                                          SendListener& listener) override;

  /// Opens a connection and keeps it for the first request: tells, before anything is sent, whether
  /// the host can be had and its certificate is trusted. Nothing: all is well.
  boost::asio::awaitable<std::optional<ConnectFailure>> probe();

  /// Ends the idle connections in order (without waiting for the far side), and the others when
  /// their exchange ends. What asks for a connection afterwards is not sent. To be called before
  /// the context is to run dry.
  void close_all();

  const BaseUrl& base_url() const { return base_url_; }

  struct Counters {
    std::uint64_t opened = 0;
    std::uint64_t handshakes = 0;  ///< of TLS, whole or resumed
    std::uint64_t resumed = 0;
    std::uint64_t closed = 0;
    std::uint64_t bytes_sent =
        0;  ///< on the wire; of closed connections and of those that have ended an exchange
    std::uint64_t bytes_received = 0;
  };
  Counters counters() const;
  std::size_t idle() const { return idle_.size(); }

 private:
  using ConnectionPtr = std::unique_ptr<Connection>;
  class Slot;

  boost::asio::awaitable<Answer> exchange_in_slot(const HttpRequest& request,
                                                  SendListener& listener);
  boost::asio::awaitable<tl::expected<ConnectionPtr, ConnectFailure>> open();
  /// The one used last that is alive; null: none.
  ConnectionPtr take_idle();
  void give_back(ConnectionPtr connection);
  void retire(ConnectionPtr connection);
  void retire_aged();

  BaseUrl base_url_;
  std::chrono::milliseconds request_timeout_;
  std::chrono::milliseconds connect_timeout_;
  Time& time_;
  std::size_t max_connections_;
  SystemResolver system_resolver_;
  std::optional<TlsContext> tls_;
  Connector connector_;
  std::vector<ConnectionPtr> idle_;  ///< the one used last stands last
  std::size_t slots_used_ = 0;
  bool is_closed_ = false;
  Event slot_freed_;
  Counters counters_;
};

}  // namespace payferry
