#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <string>

#include "net/event.hpp"

namespace payferry {

/// Why a run ends before its input does (interface.md §2).
enum class StopReason {
  none,
  interrupted,    ///< SIGINT, SIGTERM
  deadline,       ///< --deadline
  daily_quota,    ///< the day's requests are used
  outage,         ///< HubSpot cannot be reached, or fails for too long
  max_errors,     ///< --max-errors
  token_refused,  ///< 401
  scope_missing,  ///< 403
  unusable,       ///< HubSpot says that nothing of this config can work
  disk,           ///< the run directory cannot be written
  failed,         ///< payferry itself could not go on
};

/// Asked once, seen by all: the run is to stop. The first reason counts.
/// Thread: the network's.
class StopSignal {
 public:
  explicit StopSignal(boost::asio::any_io_executor executor) : changed_(std::move(executor)) {}

  void request(StopReason reason, std::string text) {
    if (requested()) return;
    reason_ = reason;
    text_ = std::move(text);
    changed_.notify_all();
  }
  bool requested() const { return reason_ != StopReason::none; }
  StopReason reason() const { return reason_; }
  /// One sentence for people: what happened.
  const std::string& text() const { return text_; }

  boost::asio::awaitable<void> wait() {
    while (!requested()) co_await changed_.wait();
  }

 private:
  StopReason reason_ = StopReason::none;
  std::string text_;
  Event changed_;
};

}  // namespace payferry
