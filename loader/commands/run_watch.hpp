#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <optional>

#include "loader/commands/event_log.hpp"
#include "loader/commands/metrics_file.hpp"
#include "loader/commands/progress_display.hpp"
#include "loader/commands/service_manager.hpp"

namespace payferry {

/// Whom a run tells now and then how it gets on, beside the terminal. References must outlive what
/// uses them.
struct RunWatch {
  DeliveryContext& context;
  const EarlierProcesses& earlier;
  const IntakeThread& source;
  ProgressDisplay& display;
  MetricsFile& metrics;
  EventLog& log;
  const ServiceManager& service;
  std::optional<std::uint64_t> bytes_total;
};

/// Until cancelled.
boost::asio::awaitable<void> keep_watchers_informed(RunWatch watch);

}  // namespace payferry
