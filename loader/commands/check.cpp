#include <algorithm>
#include <optional>
#include <utility>

#include "config/load_settings.hpp"
#include "config/token_source.hpp"
#include "loader/check/check_text.hpp"
#include "loader/check/problem_file.hpp"
#include "loader/commands/check_session.hpp"
#include "loader/commands/command_failure.hpp"
#include "loader/commands/commands.hpp"
#include "loader/commands/fitting_mapping.hpp"
#include "loader/commands/given_config.hpp"
#include "loader/commands/output_file.hpp"
#include "loader/commands/reading_display.hpp"
#include "loader/commands/tell.hpp"
#include "loader/source/input_set.hpp"
#include "net/system_time.hpp"

namespace payferry {

namespace {

/// A person waits: what does not answer soon is told.
constexpr std::uint32_t kMostAttempts = 3;

/// Any id, since nothing is sent.
constexpr unsigned kSomeType = 1;

Settings settings_of(const CheckOptions& options) {
  Settings settings =
      value_or_refuse(load_settings(read_given_config(options.config, options.common.overrides)));
  settings.retry.attempts = std::min(settings.retry.attempts, kMostAttempts);
  return settings;
}

std::unique_ptr<InputSet> open_given_inputs(const CheckOptions& options, const Settings& settings) {
  InputRequest request;
  request.paths = options.inputs;
  request.wanted = Mapping::columns_read(settings.mapping);
  auto inputs = open_inputs(settings.input, request);
  if (!inputs) refuse(inputs.error().message);
  return *std::move(inputs);
}

/// A mapping needs the types that only the account tells.
MappingRules with_some_types(MappingRules rules) {
  for (AssociationRule& rule : rules.associations) {
    if (!rule.type_id) rule.type_id = kSomeType;
  }
  return rules;
}

std::string missing_token(const HubSpotSettings& hubspot) {
  if (hubspot.oauth) {
    const auto secrets = read_oauth_secrets(*hubspot.oauth);
    return secrets ? std::string() : secrets.error();
  }
  const auto token = read_token(hubspot);
  return token ? std::string() : token.error();
}

SurveyResult ask_account(const CheckOptions& options, const Settings& settings) {
  SurveyResult result;
  const std::string missing = missing_token(settings.hubspot);
  if (options.offline) {
    result.skipped = "HubSpot was not asked (--offline).";
  } else if (!missing.empty()) {
    result.skipped = "HubSpot was not asked: " + missing + ".";
  } else {
    result = survey_online(settings);
  }
  return result;
}

std::optional<ValueCheck> values_of(const Settings& settings, const AccountSurvey& survey) {
  if (!survey.schema) return std::nullopt;
  return ValueCheck(settings.mapping, *survey.schema,
                    survey.details ? survey.details->currencies : std::vector<Currency>());
}

SourceCheck::Options source_options(const CheckOptions& options, const Settings& settings) {
  SourceCheck::Options source;
  source.batch_records = settings.limits.batch_records;
  source.batch_bytes = settings.limits.batch_bytes;
  source.files = options.inputs;
  return source;
}

ExitCode code_of(const CheckFindings& findings, StopReason failed) {
  if (failed == StopReason::token_refused || failed == StopReason::scope_missing)
    return ExitCode::refused_by_hubspot;
  if (findings.account_failed || findings.config_refused()) return ExitCode::unusable;
  return findings.problems.count() > 0 ? ExitCode::some_refused : ExitCode::all_loaded;
}

/// Reads the source to its end into the findings and the list of problems.
void read_all(InputSet& inputs, Mapping mapping, ValueCheck* values, const CheckOptions& options,
              const Settings& settings, CheckFindings& findings, ProblemFile& list) {
  const auto take = [&](const Problem& problem) {
    findings.problems.add(problem);
    list.add(problem);
  };
  SourceCheck source(inputs, settings.mapping, std::move(mapping), values,
                     source_options(options, settings), take);
  ReadingDisplay display(options.common.progress);
  while (source.next()) display.read(source.facts().records, inputs);
  display.finish();
  list.finish();
  findings.facts = source.facts();
}

}  // namespace

ExitCode run_check(const CheckOptions& options) {
  const Settings settings = settings_of(options);
  const auto inputs = open_given_inputs(options, settings);
  Mapping mapping = fitting_mapping(with_some_types(settings.mapping), *inputs);

  SurveyResult account = ask_account(options, settings);
  if (!account.failure.empty()) tell("payferry: " + account.failure);
  auto values = values_of(settings, account.survey);

  CheckFindings findings;
  findings.inputs = options.inputs;
  findings.account_skipped = account.skipped;
  findings.account_failed = account.failed != StopReason::none;
  findings.account_asked = account.survey.schema.has_value();
  findings.rule_problems = account.survey.problems;
  ProblemFile list(problem_file_name(options.inputs.front()));
  read_all(*inputs, std::move(mapping), values ? &*values : nullptr, options, settings, findings,
           list);
  if (!list.failure().empty()) tell("payferry: " + list.failure());
  if (list.failure().empty()) findings.problem_file = list.path().string();
  KnownQuota quota{account.survey.rate, account.survey.usage, account.survey.midnights()};
  findings.forecast = forecast_load(settings, findings.facts, quota, SystemTime().wall_now());
  write_to_standard_output(check_text(findings));
  return code_of(findings, account.failed);
}

}  // namespace payferry
