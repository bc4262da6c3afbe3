#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <tl/expected.hpp>
#include <utility>
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
/// literals need none. Who comes while a look-up is under way joins it: where the name server
/// hangs, threads do not pile up. One thread calls it.
class SystemResolver final : public Resolver {
 public:
  /// Blocks until there is an answer.
  using Ask = std::function<tl::expected<Endpoints, std::string>(const std::string& host,
                                                                 std::uint16_t port)>;

  SystemResolver();  ///< asks the system
  explicit SystemResolver(Ask ask) : ask_(std::move(ask)) {}

  boost::asio::awaitable<tl::expected<Endpoints, std::string>> resolve(
      const std::string& host, std::uint16_t port,
      std::chrono::steady_clock::time_point deadline) override;

 private:
  struct LookUp;
  class Waiting;
  using Name = std::pair<std::string, std::uint16_t>;

  tl::expected<std::shared_ptr<LookUp>, std::string> begin_or_join(const Name& name);
  static void run(const std::shared_ptr<LookUp>& look_up, const Ask& ask, const Name& name);

  Ask ask_;
  std::map<Name, std::weak_ptr<LookUp>> under_way_;
};

/// The order in which addresses are tried (RFC 8305): the families by turns, IPv6 first, each in
/// the order given.
Endpoints interleaved(const Endpoints& endpoints);

}  // namespace payferry
