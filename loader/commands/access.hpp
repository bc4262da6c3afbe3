#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <memory>

#include "config/settings.hpp"
#include "net/authorization.hpp"
#include "net/connection_pool.hpp"
#include "net/time.hpp"

namespace payferry {

/// As whom the run talks to HubSpot: a static token or an OAuth app, from where the config says.
/// Throws CommandFailure where there is none.
std::unique_ptr<Authorization> open_authorization(const HubSpotSettings& hubspot,
                                                  ConnectionPool& pool, Time& time,
                                                  boost::asio::any_io_executor executor);

}  // namespace payferry
