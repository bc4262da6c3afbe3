#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <string>
#include <tl/expected.hpp>

#include "model/answer.hpp"
#include "net/resolver.hpp"

namespace payferry {

/// Why no connection could be had. Has a constructor, so that it may stand beside an await.
struct ConnectFailure {
  ConnectFailure(FailureKind the_kind, std::string why) : kind(the_kind), text(std::move(why)) {}

  FailureKind kind;
  std::string text;  ///< one sentence for people
};

/// How long an address may take before the next is tried beside it (RFC 8305).
inline constexpr std::chrono::milliseconds kNextAddressAfter{250};

/// Connects to the first of `endpoints` that takes the connection; the next is tried as soon as one
/// fails, or is slow. Cancelling throws operation_aborted and closes all that was begun.
boost::asio::awaitable<tl::expected<boost::asio::ip::tcp::socket, ConnectFailure>> connect_first(
    const Endpoints& endpoints, std::chrono::steady_clock::time_point deadline);

}  // namespace payferry
