#include "loader/commands/preflight.hpp"

#include <optional>
#include <string>

#include "loader/delivery/feedback.hpp"
#include "model/account.hpp"
#include "model/failure.hpp"
#include "model/property_schema.hpp"
#include "model/rules_check.hpp"
#include "net/backoff.hpp"
#include "net/daily_budget.hpp"

namespace payferry {

namespace asio = boost::asio;

namespace {

/// What waiting does not mend.
bool is_hopeless(FailureKind kind) {
  return kind == FailureKind::tls_untrusted || kind == FailureKind::tls_failed ||
         kind == FailureKind::proxy_refused;
}

std::string what_failed(const Answer& answer) {
  if (answer.reach != Reach::answered) return answer.failure;
  return "it answered with status " + std::to_string(answer.status);
}

/// Asks until an answer comes that is worth reading; nothing once the run is to stop.
class Asker {
 public:
  Asker(const Settings& settings, HubSpotApi& api, Admission& admission, Time& time,
        HubSpotClock& clock, StopSignal& stop, std::mt19937_64& random)
      : settings_(settings),
        api_(api),
        admission_(admission),
        time_(time),
        clock_(clock),
        stop_(stop),
        random_(random) {}

  /// For what a run can do without: one try.
  asio::awaitable<std::optional<Answer>> ask_once(const ApiCall& call) {
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

  asio::awaitable<std::optional<Answer>> ask(const ApiCall& call) {
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
      if (stops(answer, failure)) co_return std::nullopt;
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

 private:
  bool stops(const Answer& answer, const Failure& failure) {
    if (is_hopeless(answer.failure_kind)) {
      stop_.request(StopReason::unusable, answer.failure);
    } else if (answer.failure_kind == FailureKind::unauthorized) {
      stop_.request(StopReason::token_refused, answer.failure);
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

  const Settings& settings_;
  HubSpotApi& api_;
  Admission& admission_;
  Time& time_;
  HubSpotClock& clock_;
  StopSignal& stop_;
  std::mt19937_64& random_;
};

/// What the account will surely not take, a line each.
std::string joined(const std::vector<RuleProblem>& problems) {
  std::string text;
  for (const RuleProblem& problem : problems) {
    if (!problem.is_doubt) text += (text.empty() ? "" : "\n  ") + problem.message;
  }
  return text;
}

}  // namespace

asio::awaitable<void> run_preflight(const Settings& settings, HubSpotApi& api, Admission& admission,
                                    Time& time, HubSpotClock& clock, StopSignal& stop,
                                    std::mt19937_64& random) {
  Asker asker(settings, api, admission, time, clock, stop, random);
  const ApiCall properties(Endpoint::properties, "");
  const std::optional<Answer> answer = co_await asker.ask(properties);
  if (!answer) co_return;
  const auto schema = decode_property_schema(answer->body);
  if (!schema) {
    stop.request(StopReason::unusable,
                 "What answers at base_url is not HubSpot: its list of properties cannot be read");
    co_return;
  }
  const std::string problems =
      joined(check_rules(settings.mapping, *schema, settings.hubspot.object));
  if (!problems.empty()) stop.request(StopReason::unusable, problems);
  if (stop.requested()) co_return;

  const ApiCall details(Endpoint::account_details, "");
  const std::optional<Answer> account = co_await asker.ask_once(details);
  const auto known = account ? decode_account_details(account->body) : std::nullopt;
  auto midnights = known ? midnights_in(known->time_zone) : std::nullopt;
  if (!midnights && known && known->utc_offset) midnights = midnights_at(*known->utc_offset);
  if (midnights) admission.set_midnights(*midnights);
}

}  // namespace payferry
