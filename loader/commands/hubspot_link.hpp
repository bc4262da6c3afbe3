#pragma once

#include <boost/asio/any_io_executor.hpp>

#include "config/settings.hpp"
#include "loader/commands/access.hpp"
#include "net/admission.hpp"
#include "net/connection_pool.hpp"
#include "net/hubspot_client.hpp"
#include "net/time.hpp"

namespace payferry {

/// The way to HubSpot: connections, as whom, and the quota; in the order in which they must go.
struct HubSpotLink {
  /// `settings` and `time` must outlive this. Throws CommandFailure where there is no access.
  HubSpotLink(const Settings& settings, Time& time, const boost::asio::any_io_executor& executor,
              bool wait_for_midnight = false);

  ConnectionPool pool;
  Access access;
  HubSpotClient client;
  Admission admission;
};

}  // namespace payferry
