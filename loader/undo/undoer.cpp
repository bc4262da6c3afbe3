#include "loader/undo/undoer.hpp"

#include <string>
#include <utility>
#include <vector>

#include "loader/calls/patience.hpp"
#include "model/request_body.hpp"

namespace payferry {

namespace asio = boost::asio;

namespace {

/// Batches that may be dealt with behind one that is not: a later process keeps their records in
/// memory.
constexpr std::size_t kMostAhead = 400;

}  // namespace

bool Undoer::has_room() const {
  return journal_.ahead() < kMostAhead;
}

std::optional<asio::awaitable<void>> Undoer::next() {
  std::optional<UndoBatch> batch = records_.next_batch();
  if (!batch) return std::nullopt;
  return undo(std::move(*batch));
}

asio::awaitable<void> Undoer::undo(UndoBatch batch) {
  Archiving progress(batch);
  co_await archive_all(progress);
  if (!progress.is_done()) co_return;
  const std::vector<UndoJournal::Entry> entries = progress.entries();
  journal_.enter(batch.number, batch.outcomes_bytes, entries, context_.time.wall_now());
}

/// Returns early where the command is to stop.
asio::awaitable<void> Undoer::archive_all(Archiving& progress) {
  Patience patience(context_);
  std::string body;
  while (auto portion = progress.next()) {
    std::optional<Permit> permit = co_await patience.admit(RequestKind::write);
    if (!permit) {
      progress.put_back(std::move(*portion));
      co_return;
    }
    const std::vector<std::string_view> ids = progress.ids(*portion);
    body.clear();
    append_archive_body(body, ids);
    const ApiCall call(Endpoint::batch_archive, body);
    const Answer answer = co_await context_.api.call(call, *permit);
    const BatchAnswer told = decode_batch_answer(answer.body, AnswerInterest());
    CallVerdict verdict = classify_archive(answer, told, ids);
    patience.answered(*permit, answer, verdict);
    progress.take(std::move(*portion), std::move(verdict));
    if (context_.stop.requested()) co_return;
  }
}

}  // namespace payferry
