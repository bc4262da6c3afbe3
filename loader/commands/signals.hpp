#pragma once

#include <boost/asio/awaitable.hpp>

#include "loader/delivery/stop_signal.hpp"

namespace payferry {

/// SIGINT or SIGTERM asks for a stop; a second one ends the process at once with exit code 3, which
/// a resumed run is made for.
boost::asio::awaitable<void> watch_signals(StopSignal& stop);

}  // namespace payferry
