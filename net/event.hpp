#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

namespace payferry {

/// A wake-up for coroutines of one thread. It carries no state: a waiter re-checks its predicate in
/// a loop, and a notification with nobody waiting is lost.
class Event {
 public:
  explicit Event(boost::asio::any_io_executor executor);

  /// Returns after the next notify_all. Throws operation_aborted when the coroutine itself was
  /// cancelled.
  boost::asio::awaitable<void> wait();
  void notify_all();

 private:
  boost::asio::steady_timer timer_;
};

}  // namespace payferry
