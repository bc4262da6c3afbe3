#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <tl/expected.hpp>

#include "config/base_url.hpp"
#include "net/address_book.hpp"
#include "net/channel.hpp"
#include "net/connect_race.hpp"
#include "net/proxy.hpp"
#include "net/tls_context.hpp"

namespace payferry {

/// Opens channels to one host: addresses, TCP, the proxy's tunnel, TLS. Thread: the network's.
class Connector {
 public:
  using Opened = tl::expected<std::unique_ptr<Channel>, ConnectFailure>;

  /// `tls` is null for plain http; it and `resolver` must outlive this.
  Connector(BaseUrl target, std::optional<Proxy> proxy, TlsContext* tls, Resolver& resolver,
            boost::asio::any_io_executor executor);

  /// All of it within `timeout`. Cancelling throws operation_aborted and leaves nothing open.
  boost::asio::awaitable<Opened> open(std::chrono::milliseconds timeout);

 private:
  using Failure = std::optional<ConnectFailure>;

  boost::asio::awaitable<tl::expected<boost::asio::ip::tcp::socket, ConnectFailure>> connect(
      std::chrono::steady_clock::time_point deadline);
  boost::asio::awaitable<Failure> tunnel(Channel& channel);
  boost::asio::awaitable<Failure> shake_hands(Channel& channel);
  std::string connect_request() const;
  ConnectFailure proxy_refusal(int status) const;
  /// Who is dialled, for people.
  std::string peer() const;

  BaseUrl target_;
  std::optional<Proxy> proxy_;
  TlsContext* tls_;
  AddressBook addresses_;
};

}  // namespace payferry
