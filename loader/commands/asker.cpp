#include "loader/commands/asker.hpp"

#include <string>

#include "loader/delivery/feedback.hpp"
#include "model/batch_answer.hpp"
#include "net/backoff.hpp"

namespace payferry {

namespace asio = boost::asio;

namespace {

/// What waiting does not mend.
bool is_hopeless(FailureKind kind) {
  return kind == FailureKind::tls_untrusted || kind == FailureKind::tls_failed ||
         kind == FailureKind::proxy_refused;
}

bool says_unusable(const Failure& failure) {
  return failure.reaction == Reaction::isolate ||
         (failure.reaction == Reaction::stop && failure.stop_kind == StopKind::unusable);
}

std::string what_failed(const Answer& answer) {
  if (answer.reach != Reach::answered) return answer.failure;
  return "it answered with status " + std::to_string(answer.status);
}

}  // namespace

asio::awaitable<std::optional<Answer>> Asker::ask_once(const ApiCall& call) {
  std::optional<Permit> permit = co_await admission_.admit(RequestKind::read);
  if (!permit) co_return std::nullopt;
  Answer answer = co_await api_.call(call, *permit);
  const BatchAnswer body = decode_batch_answer(answer.body, AnswerInterest());
  const Failure failure = is_success(answer) ? Failure() : classify_failure(answer, body);
  const Feedback feedback = is_success(answer)
                                ? Feedback::answered
                                : feedback_of(answer, failure.reaction, failure.throttle);
  permit->ended(answer, feedback);
  if (!is_success(answer)) co_return std::nullopt;
  co_return std::move(answer);
}

asio::awaitable<std::optional<Answer>> Asker::ask(const ApiCall& call, std::string_view refused) {
  for (std::uint32_t failures = 0; !stop_.requested();) {
    std::optional<Permit> permit = co_await admission_.admit(RequestKind::read);
    if (!permit) co_return std::nullopt;
    Answer answer = co_await api_.call(call, *permit);
    if (answer.date) clock_.observe(answer.sent_at, answer.received_at, *answer.date);
    if (is_success(answer)) {
      permit->ended(answer, Feedback::answered);
      co_return std::move(answer);
    }
    const BatchAnswer body = decode_batch_answer(answer.body, AnswerInterest());
    const Failure failure = classify_failure(answer, body);
    permit->ended(answer, feedback_of(answer, failure.reaction, failure.throttle));
    permit.reset();
    if (stops(answer, failure, refused)) co_return std::nullopt;
    if (failure.reaction == Reaction::throttled) continue;
    if (++failures >= settings_.retry.attempts) {
      stop_.request(StopReason::outage, "HubSpot cannot be reached: " + what_failed(answer));
      co_return std::nullopt;
    }
    const SteadyDuration delay =
        backoff(settings_.retry, failures, SteadyDuration::zero(), random_);
    co_await time_.sleep_for(delay);
  }
  co_return std::nullopt;
}

bool Asker::stops(const Answer& answer, const Failure& failure, std::string_view refused) {
  if (is_hopeless(answer.failure_kind)) {
    stop_.request(StopReason::unusable, answer.failure);
  } else if (answer.failure_kind == FailureKind::unauthorized) {
    stop_.request(StopReason::token_refused, answer.failure);
  } else if (!refused.empty() && says_unusable(failure)) {
    stop_.request(StopReason::unusable, std::string(refused) + failure.whole.message);
  } else if (failure.reaction == Reaction::stop ||
             (failure.reaction == Reaction::refresh && !settings_.hubspot.oauth)) {
    const StopKind kind =
        failure.reaction == Reaction::refresh ? StopKind::token_refused : failure.stop_kind;
    stop_.request(stop_reason(kind), failure.stop_text);
  } else if (failure.reaction == Reaction::isolate) {
    stop_.request(StopReason::unusable, "HubSpot refuses the question: " + failure.whole.message);
  }
  return stop_.requested();
}

}  // namespace payferry
