#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <optional>
#include <string>
#include <tl/expected.hpp>

#include "net/event.hpp"
#include "net/resolver.hpp"

namespace payferry {

/// The addresses of one host, looked up when first needed, again after a while and after failures.
/// Callers that come at the same time share one look-up. Thread: the network's. The resolver must
/// outlive it.
class AddressBook {
 public:
  AddressBook(Resolver& resolver, std::string host, std::uint16_t port,
              boost::asio::any_io_executor executor);

  /// In the order to be tried; the error is for people. Cancelling throws operation_aborted.
  boost::asio::awaitable<tl::expected<Endpoints, std::string>> addresses(
      std::chrono::steady_clock::time_point deadline);
  /// None of them would take a connection: look them up anew.
  void forget() { endpoints_.clear(); }

 private:
  bool is_fresh() const;
  boost::asio::awaitable<void> look_up(std::chrono::steady_clock::time_point deadline);

  Resolver& resolver_;
  std::string host_;
  std::uint16_t port_;
  Endpoints endpoints_;
  std::chrono::steady_clock::time_point fresh_until_{};
  std::optional<std::string> failure_;  ///< of the last look-up
  bool is_looking_up_ = false;
  Event changed_;
};

}  // namespace payferry
