#pragma once

#include <boost/asio/awaitable.hpp>
#include <optional>

#include "loader/calls/call_context.hpp"
#include "loader/calls/call_crew.hpp"
#include "loader/undo/archiving.hpp"
#include "loader/undo/created_records.hpp"
#include "loader/undo/undo_journal.hpp"

namespace payferry {

/// Archives what a run created, many batches at once, and notes what becomes of it. Thread: the
/// network's.
class Undoer final : public BatchWork {
 public:
  /// All must outlive this.
  Undoer(CallContext& context, CreatedRecords& records, UndoJournal& journal)
      : context_(context), records_(records), journal_(journal) {}

  bool has_room() const override;
  std::optional<boost::asio::awaitable<void>> next() override;

 private:
  boost::asio::awaitable<void> undo(UndoBatch batch);
  boost::asio::awaitable<void> archive_all(Archiving& progress);

  CallContext& context_;
  CreatedRecords& records_;
  UndoJournal& journal_;
};

}  // namespace payferry
