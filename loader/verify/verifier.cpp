#include "loader/verify/verifier.hpp"

#include <string>
#include <utility>
#include <vector>

#include "loader/calls/patience.hpp"
#include "model/request_body.hpp"

namespace payferry {

namespace asio = boost::asio;

namespace {

/// Batches that may wait for an earlier one to be entered.
constexpr std::size_t kMostWaiting = 400;

}  // namespace

bool Verifier::has_room() const {
  return ledger_.waiting() < kMostWaiting;
}

std::optional<asio::awaitable<void>> Verifier::next() {
  std::optional<CheckBatch> batch = source_.next_batch();
  if (!batch) return std::nullopt;
  return read_back(std::move(*batch));
}

asio::awaitable<void> Verifier::read_back(CheckBatch batch) {
  const bool has_key = !context_.settings.mapping.id_property.empty();
  ReadBack progress(batch, comparison_, has_key);
  co_await ask_all(progress);
  if (progress.is_done()) ledger_.enter(batch, progress.findings(), progress.held());
}

/// Returns early where the command is to stop.
asio::awaitable<void> Verifier::ask_all(ReadBack& progress) {
  const std::string& id_property = context_.settings.mapping.id_property;
  const std::vector<std::string_view> properties = comparison_.properties();
  AnswerInterest interest;
  interest.id_property = id_property;
  interest.whole_properties = true;
  Patience patience(context_);
  std::string body;
  while (auto question = progress.next()) {
    std::optional<Permit> permit = co_await patience.admit(RequestKind::read);
    if (!permit) {
      progress.put_back(std::move(*question));
      co_return;
    }
    const std::vector<std::string_view> asked = progress.asked(*question);
    body.clear();
    if (question->by == ReadBy::key) {
      append_read_body(body, asked, id_property, properties);
    } else {
      append_read_by_id_body(body, asked, properties);
    }
    const ApiCall call(Endpoint::batch_read, body);
    const Answer answer = co_await context_.api.call(call, *permit);
    const BatchAnswer told = decode_batch_answer(answer.body, interest);
    const ReadVerdict verdict = classify_read(answer, told, asked, question->by);
    patience.answered(*permit, answer, verdict);
    progress.take(std::move(*question), verdict);
    if (context_.stop.requested()) co_return;
  }
}

}  // namespace payferry
