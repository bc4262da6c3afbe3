#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstddef>

#include "loader/delivery/delivery_context.hpp"

namespace payferry {

/// One look-up that was begun at `context.targets`: once it has leave to be sent it takes what is
/// wanted of this kind by then, up to 100 values, and asks until each is told of. It can be
/// interrupted while it waits. `context` must outlive it.
boost::asio::awaitable<void> look_up_targets(DeliveryContext& context, std::size_t kind);

}  // namespace payferry
