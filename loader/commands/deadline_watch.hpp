#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>

#include "net/time.hpp"

namespace payferry {

/// Asks for a stop once a moment has come, on a thread of its own: whoever waits for a file or a
/// pipe hears it too. Without a moment it never does.
class DeadlineWatch {
 public:
  explicit DeadlineWatch(std::optional<SteadyPoint> deadline);
  DeadlineWatch(const DeadlineWatch&) = delete;
  DeadlineWatch& operator=(const DeadlineWatch&) = delete;

  /// Stop callbacks are called on the thread of this.
  std::stop_token reached() const { return reached_.get_token(); }
  /// Nothing is asked for from now on. True where it was.
  bool end();

 private:
  void watch(const std::stop_token& ended, SteadyPoint deadline);

  std::stop_source reached_;
  std::mutex mutex_;
  std::condition_variable_any woken_;
  std::jthread thread_;
};

}  // namespace payferry
