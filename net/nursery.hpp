#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/cancellation_type.hpp>
#include <cstddef>
#include <exception>
#include <list>

#include "net/event.hpp"

namespace payferry {

/// The one place that starts coroutines. It owns them, awaits their end and gets their errors: the
/// first error cancels the others and comes out of join(). All on one thread.
class Nursery {
 public:
  explicit Nursery(boost::asio::any_io_executor executor);
  /// Terminates the program if a child still runs: join() must have returned.
  ~Nursery();
  Nursery(const Nursery&) = delete;
  Nursery& operator=(const Nursery&) = delete;

  void start(boost::asio::awaitable<void> child);
  std::size_t running() const { return children_.size(); }
  /// A child failed, or cancel() was called: whoever is started now is cancelled at once.
  bool is_cancelled() const { return cancelled_; }
  /// Asks all children to end (terminal cancellation). They end in their own time.
  void cancel();
  /// Asks only those to end that are open to it at this moment (total cancellation): a coroutine
  /// is, once it has reset its cancellation state to enable_total_cancellation, until it resets it
  /// otherwise.
  void interrupt();
  /// Returns when no child runs more, even when it is cancelled itself (the children are cancelled
  /// then), and rethrows the first error of a child. A scope that was cancelled before must reset
  /// its cancellation state first: else the await throws before it begins.
  boost::asio::awaitable<void> join();

 private:
  struct Child {
    boost::asio::cancellation_signal cancel;
  };

  void emit(boost::asio::cancellation_type type);
  void ended(std::list<Child>::iterator child, std::exception_ptr error);

  boost::asio::any_io_executor executor_;
  std::list<Child> children_;
  std::exception_ptr first_error_;
  bool cancelled_ = false;
  bool interrupted_ = false;
  Event changed_;
};

/// Awaits `work`, which starts children, and then these; where one of them fails, or this is
/// cancelled, it cancels the children. Ends, in whichever way, when neither children nor watches
/// run more, with the first error; cancellation is disabled from there on.
boost::asio::awaitable<void> run_watched(boost::asio::awaitable<void> work, Nursery& children,
                                         Nursery& watches);

}  // namespace payferry
