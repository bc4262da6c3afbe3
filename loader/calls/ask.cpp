#include "loader/calls/ask.hpp"

#include "loader/calls/patience.hpp"
#include "model/failure.hpp"

namespace payferry {

namespace asio = boost::asio;

namespace {

Failure judge(const Answer& answer) {
  if (!is_success(answer)) {
    return classify_failure(answer, decode_batch_answer(answer.body, AnswerInterest()));
  }
  Failure none;
  none.reaction = Reaction::none;
  return none;
}

}  // namespace

asio::awaitable<std::optional<Answer>> ask(CallContext& context, const ApiCall& call) {
  Patience patience(context);
  while (!context.stop.requested()) {
    std::optional<Permit> permit = co_await patience.admit(RequestKind::read);
    if (!permit) break;
    Answer answer = co_await context.api.call(call, *permit);
    const Failure failure = judge(answer);
    patience.answered(*permit, answer, failure);
    if (failure.reaction == Reaction::none) co_return std::move(answer);
    if (failure.reaction == Reaction::isolate) {
      context.stop.request(StopReason::unusable,
                           "HubSpot refuses the question: " + failure.whole.message);
    }
  }
  co_return std::nullopt;
}

asio::awaitable<std::optional<Answer>> ask_once(CallContext& context, const ApiCall& call) {
  std::optional<Permit> permit = co_await context.admission.admit(RequestKind::read);
  if (!permit) co_return std::nullopt;
  Answer answer = co_await context.api.call(call, *permit);
  const Failure failure = judge(answer);
  permit->ended(answer, feedback_of(answer, failure.reaction, failure.throttle));
  if (failure.reaction != Reaction::none) co_return std::nullopt;
  co_return std::move(answer);
}

}  // namespace payferry
