#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "model/ids.hpp"

namespace payferry {

/// The files of a run that only grow (interface.md §4), in the order in which a group of lines is
/// made durable: what a later one says, the earlier ones hold already.
enum class LogFile : std::size_t { rejects, unknown, outcomes, attempts };
inline constexpr std::size_t kLogFileCount = 4;

/// The disk seam: appends lines to the run's files and makes them durable in groups. Tests pass a
/// modelled disk that can crash. Thread: the network's.
class DurableLog {
 public:
  virtual ~DurableLog() = default;

  /// Where lines are formatted straight into. Holds until the next await.
  virtual std::string& buffer(LogFile file) = 0;
  /// Bytes of the file with all that was appended, durable or not.
  virtual std::uint64_t size(LogFile file) const = 0;
  /// Returns when all that was appended before the call is durable; many callers share one flush.
  /// Throws DiskFailure, and from then on always: what the disk holds is then no longer known.
  virtual boost::asio::awaitable<void> commit() = 0;
  /// Which record's outcome line says that it was created as `id`; RecordNumber() for none. Sees
  /// all that was appended before the call. Reads the whole results log, so it is for the rare case
  /// only; whoever waits for it can be cancelled at any time.
  virtual boost::asio::awaitable<std::vector<RecordNumber>> find_creators(
      std::vector<std::string> ids) = 0;
};

}  // namespace payferry
