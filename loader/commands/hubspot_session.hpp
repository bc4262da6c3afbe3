#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <random>

#include "config/settings.hpp"
#include "loader/calls/asker.hpp"
#include "loader/calls/call_context.hpp"
#include "loader/commands/hubspot_link.hpp"
#include "loader/commands/signals.hpp"
#include "loader/commands/work_display.hpp"
#include "loader/delivery/stop_signal.hpp"
#include "net/hubspot_clock.hpp"
#include "net/system_time.hpp"

namespace payferry {

/// All that a command needs to talk to HubSpot about a run that has been loaded: access, quota,
/// connections, as for a load. Everything is made here, in the order in which it must go.
class HubSpotSession {
 public:
  /// Both must outlive this. Throws CommandFailure where there is no access.
  HubSpotSession(const Settings& settings, const SignalWatch& signals);
  /// Ends the connections in order.
  ~HubSpotSession();
  HubSpotSession(const HubSpotSession&) = delete;
  HubSpotSession& operator=(const HubSpotSession&) = delete;

  CallContext& calls() { return calls_; }
  Asker& asker() { return asker_; }
  Time& time() { return time_; }
  StopSignal& stop() { return stop_; }
  Admission& admission() { return link_.admission; }

  /// Runs `work` to its end while signals ask for a stop and `display`, if there is one, shows how
  /// it gets on; rethrows its error. May be called again.
  void run(boost::asio::awaitable<void> work, WorkDisplay* display = nullptr);

 private:
  boost::asio::awaitable<void> watched(boost::asio::awaitable<void> work, WorkDisplay* display);

  const SignalWatch& signals_;
  SystemTime time_;
  boost::asio::io_context context_{1};
  std::mt19937_64 random_{std::random_device{}()};
  HubSpotLink link_;
  HubSpotClock clock_;
  StopSignal stop_;
  CallContext calls_;
  Asker asker_;
};

}  // namespace payferry
