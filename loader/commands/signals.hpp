#pragma once

#include <atomic>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <functional>
#include <stop_token>
#include <string>
#include <thread>

#include "loader/delivery/stop_signal.hpp"

namespace payferry {

/// SIGINT, SIGTERM or the end of the terminal (SIGHUP, unless it is ignored, as below nohup) asks
/// for a stop; a second SIGINT or SIGTERM ends the process at once with exit code 3, which a
/// resumed run is made for. On a thread of its own: it is heard whatever the others wait for.
class SignalWatch {
 public:
  SignalWatch();
  ~SignalWatch();
  SignalWatch(const SignalWatch&) = delete;
  SignalWatch& operator=(const SignalWatch&) = delete;

  /// Stop callbacks are called on the thread of this.
  std::stop_token asked() const { return asked_.get_token(); }
  /// Once asked: "Stopped by SIGINT".
  std::string text() const;

 private:
  void wait();
  void take(int number);

  std::stop_source asked_;
  std::atomic<int> first_{0};
  boost::asio::io_context context_{1};
  boost::asio::signal_set signals_;
  std::thread thread_;
};

using SignalStop = std::stop_callback<std::function<void()>>;

/// As long as what it gives lives, a signal is a request to `stop`, on the network's thread; it
/// must not outlive `signals`, and `stop` must outlive what the executor still has to run.
SignalStop stop_on_signal(const SignalWatch& signals, StopSignal& stop,
                          boost::asio::any_io_executor executor);

/// The same request at once.
void stop_as_asked(const SignalWatch& signals, StopSignal& stop);

}  // namespace payferry
