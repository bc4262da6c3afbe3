#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <functional>
#include <string>

#include "config/command_line.hpp"
#include "loader/commands/status_line.hpp"
#include "net/time.hpp"

namespace payferry {

/// Shows on standard error how a command gets on: a live line on a terminal, now and then a plain
/// line elsewhere, or nothing. Thread: the network's.
class WorkDisplay {
 public:
  /// One line of at most `width` columns.
  using Line = std::function<std::string(std::size_t width)>;

  /// `time` must outlive this.
  WorkDisplay(ProgressMode mode, Time& time, Line line);

  /// Until cancelled.
  boost::asio::awaitable<void> run();
  /// Leaves the terminal as it is to be found.
  void finish() { status_.finish(); }

 private:
  StatusLine status_;
  Time& time_;
  Line line_;
};

/// "12,300 of 25,900 records checked (47%), 1,880/s, 3 to look at"; parts at the end are left out
/// where they do not fit.
struct WorkFacts {
  std::string what;  ///< "checked", "archived"
  std::uint64_t done = 0;
  std::uint64_t of = 0;     ///< 0: not known
  double rate = 0;          ///< records a second
  std::uint64_t found = 0;  ///< to be looked at
  std::size_t in_flight = 0;
  bool waiting_for_hubspot = false;
  bool stopping = false;
};

std::string work_line(const WorkFacts& facts, std::size_t width);

}  // namespace payferry
