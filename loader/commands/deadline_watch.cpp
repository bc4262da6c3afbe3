#include "loader/commands/deadline_watch.hpp"

namespace payferry {

DeadlineWatch::DeadlineWatch(std::optional<SteadyPoint> deadline) {
  if (!deadline) return;
  thread_ =
      std::jthread([this, at = *deadline](const std::stop_token& ended) { watch(ended, at); });
}

bool DeadlineWatch::end() {
  thread_.request_stop();
  if (thread_.joinable()) thread_.join();
  return reached_.stop_requested();
}

void DeadlineWatch::watch(const std::stop_token& ended, SteadyPoint deadline) {
  std::unique_lock lock(mutex_);
  woken_.wait_until(lock, ended, deadline, [] { return false; });
  lock.unlock();
  if (!ended.stop_requested()) reached_.request_stop();
}

}  // namespace payferry
