#include "loader/commands/account_survey.hpp"

#include "loader/check/currency_check.hpp"
#include "model/association_type.hpp"
#include "model/request_body.hpp"

namespace payferry {

namespace asio = boost::asio;

namespace {

std::string unreadable(std::string_view what) {
  return "What answers at base_url is not HubSpot: its " + std::string(what) + " cannot be read";
}

RuleProblem problem_of(const AssociationRule& rule, const std::string& message) {
  RuleProblem problem;
  problem.message = rule.place.empty() ? message : rule.place + ": " + message;
  return problem;
}

/// Later answers know the rest of the quota better.
void take_rate(const Answer& answer, RateHeaders& rate) {
  if (answer.rate.max || answer.rate.daily) rate = answer.rate;
}

asio::awaitable<void> ask_properties(const Settings& settings, Asker& asker,
                                     AccountSurvey& survey) {
  const ApiCall call(Endpoint::properties, "");
  const std::optional<Answer> answer = co_await asker.ask(call);
  if (!answer) co_return;
  take_rate(*answer, survey.rate);
  survey.schema = decode_property_schema(answer->body);
  if (survey.schema) {
    survey.problems = check_rules(settings.mapping, *survey.schema, settings.hubspot.object);
  } else {
    asker.stop().request(StopReason::unusable, unreadable("list of properties"));
  }
}

/// Whoever names the type may lack the right to see the labels; who leaves it out needs them.
asio::awaitable<void> ask_labels(AssociationRule& rule, const std::string& object, Asker& asker,
                                 AccountSurvey& survey) {
  ApiCall call(Endpoint::association_labels, "");
  call.to_object = rule.to;
  std::optional<Answer> answer;
  if (rule.type_id) {
    answer = co_await asker.ask_once(call);
  } else {
    answer = co_await asker.ask(call);
  }
  if (!answer) co_return;
  const auto labels = decode_association_labels(answer->body);
  if (!labels)
    co_return asker.stop().request(StopReason::unusable, unreadable("association labels"));
  auto with = with_type(rule, *labels, object);
  if (with) {
    rule = *std::move(with);
  } else {
    survey.problems.push_back(problem_of(rule, with.error()));
  }
}

/// Whether HubSpot takes the property as unique shows when it is asked by it (contract §1.9).
asio::awaitable<void> try_look_up(const AssociationRule& rule, Asker& asker) {
  const std::string_view property = *rule.match;
  const std::string_view nobody = "0";
  std::string body;
  append_read_body(body, std::span(&nobody, 1), property, std::span(&property, 1));
  ApiCall call(Endpoint::batch_read, body);
  call.object = rule.to;
  const std::string refused = "HubSpot cannot look up " + rule.to + " by match = \"" + *rule.match +
                              "\"; name a property with unique values. It says: ";
  co_await asker.ask(call, refused);
}

asio::awaitable<void> ask_match(const AssociationRule& rule, Asker& asker, AccountSurvey& survey) {
  ApiCall call(Endpoint::properties, "");
  call.object = rule.to;
  const std::optional<Answer> answer = co_await asker.ask(call);
  if (!answer) co_return;
  const auto schema = decode_property_schema(answer->body);
  if (!schema)
    co_return asker.stop().request(StopReason::unusable, unreadable("list of properties"));
  const auto uniqueness = check_match(rule, *schema);
  if (!uniqueness) survey.problems.push_back(problem_of(rule, uniqueness.error()));
  if (uniqueness && *uniqueness == Uniqueness::doubtful) co_await try_look_up(rule, asker);
}

asio::awaitable<void> ask_details(const Settings& settings, Asker& asker, AccountSurvey& survey) {
  const ApiCall call(Endpoint::account_details, "");
  const std::optional<Answer> answer = co_await asker.ask_once(call);
  if (!answer) co_return;
  take_rate(*answer, survey.rate);
  survey.details = decode_account_details(answer->body);
  if (!survey.details) co_return;
  for (RuleProblem& problem : check_currencies(settings.mapping, survey.details->currencies))
    survey.problems.push_back(std::move(problem));
}

asio::awaitable<void> ask_usage(Asker& asker, AccountSurvey& survey) {
  const ApiCall call(Endpoint::daily_usage, "");
  const std::optional<Answer> answer = co_await asker.ask_once(call);
  if (answer) survey.usage = decode_daily_usage(answer->body);
}

}  // namespace

std::string AccountSurvey::refusal() const {
  std::string text;
  for (const RuleProblem& problem : problems) {
    if (!problem.is_doubt) text += (text.empty() ? "" : "\n  ") + problem.message;
  }
  return text;
}

std::optional<NextMidnight> AccountSurvey::midnights() const {
  return details ? midnights_of(*details) : std::nullopt;
}

asio::awaitable<AccountSurvey> survey_account(const Settings& settings, Asker& asker) {
  AccountSurvey survey;
  survey.associations = settings.mapping.associations;
  co_await ask_properties(settings, asker, survey);
  for (AssociationRule& rule : survey.associations) {
    if (asker.stop().requested()) co_return std::move(survey);
    co_await ask_labels(rule, settings.hubspot.object, asker, survey);
    if (rule.match && !asker.stop().requested()) co_await ask_match(rule, asker, survey);
  }
  if (asker.stop().requested()) co_return std::move(survey);
  co_await ask_details(settings, asker, survey);
  if (!survey.rate.daily && !settings.hubspot.oauth) co_await ask_usage(asker, survey);
  co_return std::move(survey);
}

}  // namespace payferry
