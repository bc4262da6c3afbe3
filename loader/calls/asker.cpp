#include "loader/calls/asker.hpp"

#include <string>

#include "loader/delivery/feedback.hpp"
#include "loader/delivery/interruption.hpp"
#include "model/batch_answer.hpp"

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

Failure judge(const Answer& answer) {
  if (!is_success(answer)) {
    return classify_failure(answer, decode_batch_answer(answer.body, AnswerInterest()));
  }
  Failure none;
  none.reaction = Reaction::none;
  return none;
}

}  // namespace

asio::awaitable<std::optional<Answer>> Asker::ask_once(const ApiCall& call) {
  std::optional<Permit> permit = co_await admission_.admit(RequestKind::read);
  if (!permit) co_return std::nullopt;
  Answer answer = co_await api_.call(call, *permit);
  const Failure failure = judge(answer);
  permit->ended(answer, feedback_of(answer, failure));
  if (failure.reaction != Reaction::none) co_return std::nullopt;
  co_return std::move(answer);
}

asio::awaitable<std::optional<Answer>> Asker::ask(const ApiCall& call, std::string_view refused) {
  std::uint32_t no_probes = 0;
  RetryRules rules({settings_, admission_, time_, stop_, random_, no_probes});
  while (!stop_.requested()) {
    co_await open_to_interruption();
    if (rules.not_before() > time_.now()) co_await time_.sleep_until(rules.not_before());
    std::optional<Permit> permit = co_await admission_.admit(RequestKind::read);
    if (!permit) {
      stop_.request(StopReason::daily_quota, "The day's requests are used, less daily_reserve");
      break;
    }
    co_await shielded_from_interruption();
    Answer answer = co_await api_.call(call, *permit);
    clock_.observe(answer);
    const Failure failure = judge(answer);
    permit->ended(answer, feedback_of(answer, failure));
    permit.reset();
    if (failure.reaction == Reaction::none) co_return std::move(answer);
    take_failure(rules, answer, failure, refused);
  }
  co_return std::nullopt;
}

void Asker::take_failure(RetryRules& rules, const Answer& answer, const Failure& failure,
                         std::string_view refused) {
  if (is_hopeless(answer.failure_kind)) {
    stop_.request(StopReason::unusable, answer.failure);
  } else if (answer.failure_kind == FailureKind::unauthorized) {
    stop_.request(StopReason::token_refused, answer.failure);
  } else if (!refused.empty() && says_unusable(failure)) {
    stop_.request(StopReason::unusable, std::string(refused) + failure.whole.message);
  } else if (failure.reaction == Reaction::isolate) {
    stop_.request(StopReason::unusable, "HubSpot refuses the question: " + failure.whole.message);
  } else if (rules.answered(failure) == RetryRules::Effect::outage) {
    stop_.request(StopReason::outage, "HubSpot cannot be reached: " + what_failed(answer));
  }
}

}  // namespace payferry
