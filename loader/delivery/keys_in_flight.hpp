#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <deque>
#include <span>
#include <string>
#include <unordered_map>

#include "model/batch.hpp"
#include "net/event.hpp"
#include "net/time.hpp"

namespace payferry {

/// Keeps rows with the same key in the order of the source: a batch waits while an earlier one that
/// holds one of its keys is still on its way, or a request of which no answer came may be. For
/// upsert, where the last row is to win. Thread: the network's.
class KeysInFlight {
 public:
  explicit KeysInFlight(boost::asio::any_io_executor executor) : changed_(std::move(executor)) {}

  /// In the order of the source, before the batch's delivery starts.
  void enter(const Batch& batch);
  /// The batch's delivery has ended.
  void leave(const Batch& batch);
  /// Returns when no earlier batch holds a key of this one.
  boost::asio::awaitable<void> turn_of(const Batch& batch);
  bool is_turn_of(const Batch& batch) const;

  /// Requests that wrote these entries may be at work at HubSpot until then, whatever became of
  /// the entries meanwhile: a row of the same key that is written before could be overwritten.
  void may_be_at_work(std::span<const BatchEntry* const> entries, SteadyPoint until,
                      SteadyPoint now);
  /// The same for requests of which nobody knows any more what keys they wrote.
  void any_may_be_at_work(SteadyPoint until) { unknown_at_work_until_ = until; }
  SteadyPoint all_free_from() const { return unknown_at_work_until_; }
  /// From when on no request that wrote another row of these entries' keys can be at work.
  SteadyPoint free_from(std::span<const BatchEntry* const> entries) const;

 private:
  struct AtWork {
    RecordNumber record;  ///< the last one of the key; those before it were over when it was sent
    SteadyPoint until{};
  };

  std::unordered_map<std::string, std::deque<BatchNumber>> holders_;
  std::unordered_map<std::string, AtWork> at_work_;
  SteadyPoint unknown_at_work_until_{};
  Event changed_;
};

}  // namespace payferry
