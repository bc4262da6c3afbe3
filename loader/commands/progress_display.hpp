#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <deque>
#include <string>
#include <utility>

#include "config/command_line.hpp"
#include "loader/commands/status_line.hpp"
#include "loader/delivery/delivery_context.hpp"
#include "loader/delivery/intake_thread.hpp"
#include "loader/report/progress_line.hpp"

namespace payferry {

/// Shows how a run gets on: a live line on a terminal, now and then a plain line elsewhere, or
/// nothing. Writes to standard error. Thread: the network's.
class ProgressDisplay {
 public:
  /// `bytes_total`: of the inputs as they are stored; nothing where it is not known. References
  /// must outlive this.
  ProgressDisplay(ProgressMode mode, DeliveryContext& context, const IntakeThread& source,
                  std::optional<std::uint64_t> bytes_total);

  /// Until cancelled.
  boost::asio::awaitable<void> run();
  /// What it would show, in at most `width` columns.
  std::string line(std::size_t width) { return progress_line(facts(), width); }
  /// Leaves the terminal as it is to be found.
  void finish() { status_.finish(); }

 private:
  ProgressFacts facts();

  StatusLine status_;
  DeliveryContext& context_;
  const IntakeThread& source_;
  std::optional<std::uint64_t> bytes_total_;
  SteadyPoint begun_;
  std::uint64_t settled_at_start_;
  std::deque<std::pair<SteadyPoint, std::uint64_t>>
      recent_;  ///< settled records, of the last seconds
};

}  // namespace payferry
