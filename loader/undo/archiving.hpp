#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "loader/undo/created_records.hpp"
#include "loader/undo/undo_journal.hpp"
#include "model/classify_call.hpp"

namespace payferry {

/// How a batch fares while it is archived, without I/O: what is to be archived next, and what an
/// answer makes of it. What HubSpot refuses whole is tried in halves, so that a record which cannot
/// be archived keeps none of its neighbours.
class Archiving {
 public:
  /// Places of records in the batch.
  using Portion = std::vector<std::size_t>;

  /// `batch` must outlive this.
  explicit Archiving(const UndoBatch& batch);

  /// Nothing once every record is dealt with. What came of it must be told before the next call.
  std::optional<Portion> next();
  /// The ids of the portion, in its order.
  std::vector<std::string_view> ids(const Portion& portion) const;
  void take(Portion portion, CallVerdict verdict);
  /// The portion was not sent after all.
  void put_back(Portion portion) { portions_.push_back(std::move(portion)); }
  bool is_done() const { return portions_.empty(); }

  /// For the journal, once all is done. Points into this and the batch.
  std::vector<UndoJournal::Entry> entries() const;

 private:
  void send_again(Portion portion, bool in_halves);

  const UndoBatch& batch_;
  std::vector<Portion> portions_;  ///< a stack: the last one is next
  std::vector<UndoStatus> statuses_;
  std::vector<Refusal> refusals_;
};

}  // namespace payferry
