#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <cstdint>
#include <string>
#include <tl/expected.hpp>
#include <vector>

namespace payferry {

using Endpoints = std::vector<boost::asio::ip::tcp::endpoint>;

/// Turns a host name into addresses. Tests pass one of their own.
class Resolver {
 public:
  virtual ~Resolver() = default;
  /// The error is for people. Gives up at `deadline`. Cancelling throws operation_aborted.
  virtual boost::asio::awaitable<tl::expected<Endpoints, std::string>> resolve(
      const std::string& host, std::uint16_t port,
      std::chrono::steady_clock::time_point deadline) = 0;
};

/// The system's resolver, on a thread for each look-up, which may outlast all else; address
/// literals need none.
class SystemResolver final : public Resolver {
 public:
  boost::asio::awaitable<tl::expected<Endpoints, std::string>> resolve(
      const std::string& host, std::uint16_t port,
      std::chrono::steady_clock::time_point deadline) override;
};

/// The order in which addresses are tried (RFC 8305): the families by turns, IPv6 first, each in
/// the order given.
Endpoints interleaved(const Endpoints& endpoints);

}  // namespace payferry
