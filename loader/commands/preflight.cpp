#include "loader/commands/preflight.hpp"

#include <optional>
#include <string>

#include "loader/delivery/feedback.hpp"
#include "model/account.hpp"
#include "model/association_type.hpp"
#include "model/failure.hpp"
#include "model/property_schema.hpp"
#include "model/request_body.hpp"
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

StopReason reason_of(StopKind kind) {
  switch (kind) {
    case StopKind::token_refused:
      return StopReason::token_refused;
    case StopKind::scope_missing:
      return StopReason::scope_missing;
    case StopKind::unusable:
      return StopReason::unusable;
  }
  return StopReason::unusable;
}

std::string unreadable(std::string_view what) {
  return "What answers at base_url is not HubSpot: its " + std::string(what) + " cannot be read";
}

std::string what_failed(const Answer& answer) {
  if (answer.reach != Reach::answered) return answer.failure;
  return "it answered with status " + std::to_string(answer.status);
}

bool says_unusable(const Failure& failure) {
  return failure.reaction == Reaction::isolate ||
         (failure.reaction == Reaction::stop && failure.stop_kind == StopKind::unusable);
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

  /// `refused`, if any, begins the sentence where HubSpot will not answer such a question.
  asio::awaitable<std::optional<Answer>> ask(const ApiCall& call, std::string_view refused = {}) {
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

 private:
  bool stops(const Answer& answer, const Failure& failure, std::string_view refused) {
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
      stop_.request(reason_of(kind), failure.stop_text);
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

/// Asks what the associations of the mapping need to know of the account.
class AssociationCheck {
 public:
  AssociationCheck(const Settings& settings, StopSignal& stop, Asker& asker)
      : settings_(settings), stop_(stop), asker_(asker) {}

  asio::awaitable<void> find_type(AssociationRule& rule) {
    ApiCall call(Endpoint::association_labels, "");
    call.to_object = rule.to;
    const std::optional<Answer> answer = co_await asker_.ask(call);
    if (!answer) co_return;
    const auto labels = decode_association_labels(answer->body);
    if (!labels) co_return stop_.request(StopReason::unusable, unreadable("association labels"));
    auto with = with_type(rule, *labels, settings_.hubspot.object);
    if (!with) co_return stop_.request(StopReason::unusable, with.error());
    rule = *std::move(with);
  }

  asio::awaitable<void> check_look_up(const AssociationRule& rule) {
    ApiCall call(Endpoint::properties, "");
    call.object = rule.to;
    const std::optional<Answer> answer = co_await asker_.ask(call);
    if (!answer) co_return;
    const auto schema = decode_property_schema(answer->body);
    if (!schema) co_return stop_.request(StopReason::unusable, unreadable("list of properties"));
    const auto uniqueness = check_match(rule, *schema);
    if (!uniqueness) co_return stop_.request(StopReason::unusable, uniqueness.error());
    if (*uniqueness == Uniqueness::doubtful) co_await try_look_up(rule);
  }

 private:
  /// Whether HubSpot takes the property as unique shows when it is asked by it (contract §1.9).
  asio::awaitable<void> try_look_up(const AssociationRule& rule) {
    const std::string_view property = *rule.match;
    const std::string_view nobody = "0";
    std::string body;
    append_read_body(body, std::span(&nobody, 1), property, std::span(&property, 1));
    ApiCall call(Endpoint::batch_read, body);
    call.object = rule.to;
    const std::string refused = "HubSpot cannot look up " + rule.to + " by match = \"" +
                                *rule.match + "\"; name a property with unique values. It says: ";
    co_await asker_.ask(call, refused);
  }

  const Settings& settings_;
  StopSignal& stop_;
  Asker& asker_;
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

asio::awaitable<std::vector<AssociationRule>> prepare_associations(
    const Settings& settings, HubSpotApi& api, Admission& admission, Time& time,
    HubSpotClock& clock, StopSignal& stop, std::mt19937_64& random) {
  Asker asker(settings, api, admission, time, clock, stop, random);
  AssociationCheck check(settings, stop, asker);
  std::vector<AssociationRule> rules = settings.mapping.associations;
  for (AssociationRule& rule : rules) {
    if (!stop.requested()) co_await check.find_type(rule);
    if (rule.match && !stop.requested()) co_await check.check_look_up(rule);
  }
  co_return rules;
}

asio::awaitable<void> run_preflight(const Settings& settings, HubSpotApi& api, Admission& admission,
                                    Time& time, HubSpotClock& clock, StopSignal& stop,
                                    std::mt19937_64& random) {
  Asker asker(settings, api, admission, time, clock, stop, random);
  const ApiCall properties(Endpoint::properties, "");
  const std::optional<Answer> answer = co_await asker.ask(properties);
  if (!answer) co_return;
  const auto schema = decode_property_schema(answer->body);
  if (!schema) {
    stop.request(StopReason::unusable, unreadable("list of properties"));
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
