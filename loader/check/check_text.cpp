#include "loader/check/check_text.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <string_view>

#include "loader/report/progress_line.hpp"
#include "loader/report/text_columns.hpp"
#include "model/clean_text.hpp"
#include "model/counted.hpp"
#include "model/wrapped_text.hpp"

namespace payferry {

namespace {

/// "line 8", "lines 8, 9, 14, …", or "a.csv line 8" where there are several inputs.
std::string places_text(const ProblemExample& example, bool many_inputs) {
  const auto& places = example.places;
  std::string text;
  if (many_inputs) {
    for (const auto& place : places)
      text +=
          (text.empty() ? "" : ", ") + place.file + " line " + std::to_string(place.line.value());
  } else {
    text = places.size() == 1 ? "line " : "lines ";
    for (std::size_t at = 0; at < places.size(); ++at)
      text += (at == 0 ? "" : ", ") + std::to_string(places[at].line.value());
  }
  return example.count > places.size() ? text + ", …" : text;
}

std::string group_title(const ProblemGroup& group) {
  std::string title = with_thousands(group.count) + " " + group.code;
  if (!group.column.empty()) title += ", column \"" + clean_text(group.column) + "\"";
  if (!group.property.empty()) title += " (" + group.property + ")";
  return title;
}

std::string group_text(const ProblemGroup& group, bool many_inputs) {
  std::string text = wrapped(group_title(group), "  ", "    ");
  std::uint64_t told = 0;
  for (const ProblemExample& example : group.examples) {
    text += wrapped(places_text(example, many_inputs) + ": " + clean_text(example.message),
                    "      ", "        ");
    told += example.count;
  }
  if (told < group.count)
    text += "      and " + with_thousands(group.count - told) + " more like these\n";
  return text;
}

std::string each_of(std::uint64_t count) {
  return count == 1 ? "The one" : "Each of the " + with_thousands(count);
}

std::string problems_text(const CheckFindings& findings) {
  if (findings.problems.count() == 0) return {};
  std::string text = "\nProblems of the source, by cause:\n";
  for (const ProblemGroup& group : findings.problems.by_count())
    text += group_text(group, findings.inputs.size() > 1);
  if (findings.problems.others() > 0)
    text += "  " + with_thousands(findings.problems.others()) + "  of further causes\n";
  if (!findings.problem_file.empty())
    text += wrapped(each_of(findings.problems.count()) +
                        " with file, line, column and value: " + findings.problem_file,
                    "  ", "  ");
  return text;
}

std::string rules_text(const CheckFindings& findings, bool doubts) {
  std::string text;
  for (const RuleProblem& problem : findings.rule_problems) {
    if (problem.is_doubt == doubts) text += wrapped(clean_text(problem.message), "  - ", "    ");
  }
  return text;
}

std::string account_text(const CheckFindings& findings) {
  std::string text;
  if (!findings.account_skipped.empty()) text += "\n" + wrapped(findings.account_skipped, "", "  ");
  const std::string refused = rules_text(findings, false);
  if (!refused.empty()) text += "\nHubSpot would not take this config:\n" + refused;
  const std::string doubts = rules_text(findings, true);
  if (!doubts.empty()) text += "\nHubSpot may not take this:\n" + doubts;
  return text;
}

std::string totals_text(const ControlTotals& totals) {
  std::string text;
  for (const auto& [currency, books] : totals.by_currency()) {
    text += total_line(currency, "read", books.read);
    if (books.refused.count == 0) continue;
    if (books.loaded.count > 0) text += total_line(currency, "good", books.loaded);
    text += total_line(currency, "refused", books.refused);
  }
  return text + no_currency_line(totals);
}

std::string counts_text(const SourceFacts& facts) {
  std::string text =
      count_line("read", facts.records, word_for(facts.records, "record") + " of the source");
  text += count_line("good", facts.good(), "would be loaded");
  if (facts.invalid > 0) text += count_line("invalid", facts.invalid, "would not be sent");
  if (facts.duplicates > 0)
    text += count_line("duplicate", facts.duplicates, "have the id of an earlier record");
  if (facts.unfit > 0) text += count_line("unfit", facts.unfit, "HubSpot would refuse them");
  return text;
}

std::string percent(std::uint64_t part, std::uint64_t whole) {
  std::array<char, 32> text{};
  if (part * 1000 < whole) return "less than 0.1%";
  const double share = 100.0 * static_cast<double>(part) / static_cast<double>(whole);
  std::snprintf(text.data(), text.size(), share < 10 ? "%.1f%%" : "%.0f%%", share);
  return text.data();
}

/// "2026-11-24 14:05 UTC"
std::string day_text(const LoadForecast& forecast) {
  const QuotaOutlook& outlook = forecast.outlook;
  if (!outlook.daily) return {};
  std::string text = ": " + percent(forecast.requests, *outlook.daily) + " of the day's " +
                     with_thousands(*outlook.daily);
  if (outlook.daily_remaining)
    text += ", " + with_thousands(*outlook.daily_remaining) + " are left";
  return text;
}

std::string time_text(const LoadForecast& forecast) {
  if (!forecast.quota) return "; daily_reserve leaves nothing to load with";
  const auto seconds =
      std::chrono::ceil<std::chrono::seconds>(forecast.quota->done_at - forecast.now);
  const auto window =
      std::chrono::duration_cast<std::chrono::seconds>(forecast.outlook.window.span);
  const std::string pace =
      with_thousands(forecast.outlook.window.requests) + " in " + short_duration(window);
  std::string text = "; " + short_duration(std::max(seconds, std::chrono::seconds(1))) + " at " +
                     pace + ", done " + to_the_minute(forecast.quota->done_at) + " if begun now";
  if (forecast.quota->midnights > 0)
    text += "; the day's requests are used up on the way " +
            counted(forecast.quota->midnights, "time") +
            ", with --wait the load goes on at the account's midnight";
  return text;
}

std::string forecast_text(const CheckFindings& findings) {
  const LoadForecast& forecast = findings.forecast;
  if (forecast.requests == 0) return {};
  return wrapped(std::string(forecast.at_most ? "at most " : "") +
                     counted(forecast.requests, "request") + day_text(forecast) +
                     time_text(forecast),
                 "  ", "  ");
}

std::string notes(const CheckFindings& findings) {
  if (findings.facts.all_keys_compared) return {};
  return wrapped(
      "Ids were compared within some 200,000 records of each other; the same id further apart is "
      "found while loading, and loaded once all the same.",
      "  ", "  ");
}

std::string last_word(const CheckFindings& findings) {
  const SourceFacts& facts = findings.facts;
  const std::string known = findings.account_asked ? "" : ", as far as can be told offline";
  if (findings.account_failed)
    return "HubSpot could not be asked, and nothing can be loaded before that is mended.";
  if (findings.config_refused()) return "Nothing can be loaded before the config is mended.";
  if (facts.records == 0) return "There is nothing to load.";
  if (facts.refused() > 0)
    return counted(facts.refused(), "record") + " of " + with_thousands(facts.records) +
           " would not be loaded; mend what is wrong, or load the rest: what is refused goes to "
           "the run's rejects.";
  if (findings.problems.count() > 0) return "What could be read is good" + known + ".";
  return "Every record would be sent" + known + ".";
}

}  // namespace

bool CheckFindings::config_refused() const {
  return std::any_of(rule_problems.begin(), rule_problems.end(),
                     [](const RuleProblem& problem) { return !problem.is_doubt; });
}

std::string check_text(const CheckFindings& findings) {
  return account_text(findings) + problems_text(findings) + "\n" + counts_text(findings.facts) +
         totals_text(findings.facts.totals) + forecast_text(findings) + notes(findings) +
         wrapped(last_word(findings), "", "");
}

}  // namespace payferry
