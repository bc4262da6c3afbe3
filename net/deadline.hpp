#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <memory>

namespace payferry {

/// A time limit over the waits of one socket: when it passes, the socket's pending operations are
/// cancelled. Moving the limit costs no system call and starts no timer anew: the timer runs
/// through and looks again. Thread: the network's. The socket must outlive it.
class Deadline {
 public:
  using Clock = std::chrono::steady_clock;

  explicit Deadline(boost::asio::ip::tcp::socket& socket);
  ~Deadline();
  Deadline(const Deadline&) = delete;
  Deadline& operator=(const Deadline&) = delete;

  void set(Clock::time_point when);
  /// No limit until the next set(). The timer still runs through once, which keeps the context at
  /// work.
  void clear();
  /// True once the limit has passed with an operation pending; until the next set().
  bool has_passed() const;

 private:
  struct State;
  /// Shared with the timer's handler, which can be under way when this ends.
  std::shared_ptr<State> state_;
};

}  // namespace payferry
