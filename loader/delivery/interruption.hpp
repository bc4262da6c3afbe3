#pragma once

#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/this_coro.hpp>

namespace payferry {

/// While it waits, a batch's coroutine may be ended without harm (Nursery::interrupt). To be
/// awaited.
inline auto open_to_interruption() {
  return boost::asio::this_coro::reset_cancellation_state(boost::asio::enable_total_cancellation());
}

/// From the moment when a request may go out until its answer is taken up, it is let finish.
inline auto shielded_from_interruption() {
  return boost::asio::this_coro::reset_cancellation_state(
      boost::asio::enable_terminal_cancellation());
}

}  // namespace payferry
