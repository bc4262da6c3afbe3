#pragma once

#include <boost/asio/awaitable.hpp>
#include <optional>

#include "loader/calls/call_context.hpp"

namespace payferry {

/// Asks until an answer comes that is worth reading; nothing once the command is to stop. Both
/// references must outlive the call.
boost::asio::awaitable<std::optional<Answer>> ask(CallContext& context, const ApiCall& call);

/// For what a command can do without: one try.
boost::asio::awaitable<std::optional<Answer>> ask_once(CallContext& context, const ApiCall& call);

}  // namespace payferry
