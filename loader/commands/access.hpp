#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <memory>

#include "config/settings.hpp"
#include "net/authorization.hpp"
#include "net/budget.hpp"
#include "net/connection_pool.hpp"
#include "net/time.hpp"

namespace payferry {

/// As whom the run talks to HubSpot, and the quota that goes with it.
struct Access {
  std::unique_ptr<Authorization> authorization;
  /// Shared with the other payferry processes of this machine that use the same token; null where
  /// that cannot be.
  std::unique_ptr<Budget> budget;
};

/// A static token or an OAuth app, from where the config says. Throws CommandFailure where there is
/// none.
Access open_access(const Settings& settings, ConnectionPool& pool, Time& time,
                   boost::asio::any_io_executor executor);

}  // namespace payferry
