#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstdint>
#include <optional>

#include "config/command_line.hpp"
#include "loader/delivery/batch_source.hpp"
#include "loader/delivery/delivery_context.hpp"

namespace payferry {

/// How a run may be cut short.
struct PipelineLimits {
  std::optional<MaxErrors> max_errors;
  /// After a stop was asked for, so long may requests under way take.
  SteadyDuration grace = std::chrono::seconds(30);
  /// Batches that wait for leave to send, beside those under way.
  std::size_t batches_ready = 8;
  /// Values of associations that wait for leave to be looked up.
  std::size_t most_values_wanted = 1'600;
  /// Batches between the source and their outcomes, above all those that wait to be looked up.
  std::size_t most_batches = 400;
  /// From the first record without an outcome to the last one taken from the source. Within that
  /// span the duplicate check must remember every key, so that two rows of one key never are under
  /// way together.
  std::uint64_t most_records_open = 200'000;
  /// Of the rows and inputs of these batches, and of the rows that wait for their turn in the files
  /// of rejects. Reached with long rows alone.
  std::uint64_t most_bytes_open = 32 * 1024 * 1024;
};

/// Asks for a stop at the deadline. `context` must outlive it.
boost::asio::awaitable<void> stop_at(SteadyPoint deadline, DeliveryContext& context);

/// The way of all records: takes batches from the source and lets each live its life, a few ahead
/// of what the quota lets through. Returns when all batches have their outcomes, or when the run
/// was stopped and what was under way has ended; `context.stop` tells which. A stop may come when
/// all is done: `context.source_ended`, and no record is pending. Throws DiskFailure.
/// Both references must outlive the call.
boost::asio::awaitable<void> run_pipeline(BatchSource& source, DeliveryContext& context,
                                          PipelineLimits limits);

}  // namespace payferry
