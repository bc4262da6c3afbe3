#pragma once

#include <boost/asio/awaitable.hpp>
#include <optional>

#include "loader/source/record_reader.hpp"
#include "model/batch.hpp"

namespace payferry {

/// Where the pipeline gets its batches, in the order of the source.
/// Thread: the network's.
class BatchSource {
 public:
  virtual ~BatchSource() = default;
  /// Nothing at the end of the input, and after stop(). Throws what the reading thread threw.
  virtual boost::asio::awaitable<std::optional<Batch>> next() = 0;
  /// Reads no more. A next() that waits returns nothing.
  virtual void stop() = 0;
};

}  // namespace payferry
