#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>

#include "loader/calls/call_context.hpp"

namespace payferry {

/// Where a command's batches come from, each as the coroutine that is its life.
class BatchWork {
 public:
  virtual ~BatchWork() = default;
  /// False while too much waits for an earlier batch.
  virtual bool has_room() const { return true; }
  /// Nothing at the end.
  virtual std::optional<boost::asio::awaitable<void>> next() = 0;
};

struct CrewLimits {
  std::size_t batches_ready = 8;  ///< beside those in flight
  std::size_t most_batches = 200;
  /// After a stop was asked for, so long may calls in flight take.
  SteadyDuration grace = std::chrono::seconds(30);
};

/// Lets each batch live its life, a few ahead of what the quota lets through. Returns when all have
/// ended, or when the command was stopped and what was in flight has ended; `context.stop` tells
/// which. Rethrows a batch's error. References must outlive the call.
boost::asio::awaitable<void> run_batches(CallContext& context, BatchWork& work, CrewLimits limits);

/// The same for one coroutine alone.
boost::asio::awaitable<void> run_batch(CallContext& context, boost::asio::awaitable<void> batch);

}  // namespace payferry
