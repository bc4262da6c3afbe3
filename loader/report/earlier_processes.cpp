#include "loader/report/earlier_processes.hpp"

#include <algorithm>
#include <utility>

namespace payferry {

EarlierProcesses::EarlierProcesses(const ResumeState& state, std::optional<Summary> stored)
    : state_(state), records_(state.last_known().value()) {
  if (!stored) return;
  records_ = std::max(records_, stored->tally.records);
  Tally logged = state.start.tally;
  add_settled_behind(logged.records, logged);
  if (same_outcomes(stored->tally, logged)) stored_ = std::move(stored);
}

void EarlierProcesses::add_settled_behind(std::uint64_t records, Tally& tally) const {
  for (const auto& [record, settled] : state_.settled) {
    if (record.value() <= records) continue;
    ++tally.of(settled.status);
    tally.lacking_association += settled.lacks_association ? 1 : 0;
  }
}

/// How many have which outcome is known of all records; their amounts only from the source, by
/// whoever read furthest.
WholeTally EarlierProcesses::with(const Tally& read, const Tally& settled_here) const {
  WholeTally whole;
  whole.tally = read;
  add_settled_behind(read.records, whole.tally);
  whole.tally.records = std::max(read.records, records_);
  std::uint64_t in_books = read.records;
  if (stored_ && stored_->records_in_books() > in_books) {
    in_books = stored_->records_in_books();
    Tally books = settled_here;
    books += stored_->tally;
    whole.tally.totals = std::move(books.totals);
  }
  if (in_books < whole.tally.records) whole.books_before = RecordNumber(in_books + 1);
  return whole;
}

}  // namespace payferry
