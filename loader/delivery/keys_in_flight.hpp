#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <deque>
#include <string>
#include <unordered_map>

#include "model/batch.hpp"
#include "net/event.hpp"

namespace payferry {

/// Keeps rows with the same key in the order of the source: a batch waits while an earlier one that
/// holds one of its keys is still on its way. For upsert, where the last row is to win. Thread: the
/// network's.
class KeysInFlight {
 public:
  explicit KeysInFlight(boost::asio::any_io_executor executor) : changed_(std::move(executor)) {}

  /// In the order of the source, before the batch's delivery starts.
  void enter(const Batch& batch);
  /// The batch's delivery has ended.
  void leave(const Batch& batch);
  /// Returns when no earlier batch holds a key of this one.
  boost::asio::awaitable<void> turn_of(const Batch& batch);

 private:
  bool is_turn_of(const Batch& batch) const;

  std::unordered_map<std::string, std::deque<BatchNumber>> holders_;
  Event changed_;
};

}  // namespace payferry
