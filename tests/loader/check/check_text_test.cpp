#include "loader/check/check_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "model/shown_value.hpp"

namespace payferry {
namespace {

using testing::HasSubstr;
using testing::Not;

const Instant kNow = *parse_iso8601("2026-11-24T10:00:00Z");

CheckFindings good_findings() {
  CheckFindings findings;
  findings.inputs = {"payments.csv"};
  findings.account_asked = true;
  findings.facts.records = 25'900;
  findings.facts.batches = 259;
  findings.facts.totals.count_read(*Currency::parse("GBP"), Decimal::parse("9747747.93"));
  KnownQuota quota;
  quota.rate.daily = 625'000;
  quota.rate.daily_remaining = 624'998;
  findings.forecast = forecast_load(Settings(), findings.facts, quota, kNow);
  return findings;
}

Problem bad_amount(std::uint64_t line, const std::string& message) {
  Problem problem;
  problem.file = "payments.csv";
  problem.line = LineNumber(line);
  problem.code = "INVALID_DECIMAL";
  problem.column = "Amount";
  problem.property = "hs_initial_amount";
  problem.message = message;
  return problem;
}

TEST(CheckText, SaysWhatALoadWouldDo) {
  EXPECT_EQ(check_text(good_findings()),
            "\n"
            "  read             25,900  records of the source\n"
            "  good             25,900  would be loaded\n"
            "  GBP  read                1            9,747,747.93\n"
            "  259 requests: less than 0.1% of the day's 625,000, 624,998 are left; 14s at\n"
            "  190 in 10s, done 2026-11-24 10:00 UTC if begun now\n"
            "Every record would be sent.\n");
}

TEST(CheckText, GroupsProblemsByCauseWithPlacesAndRemedies) {
  CheckFindings findings = good_findings();
  findings.facts.invalid = 12;
  for (std::uint64_t line = 2; line < 12; ++line)
    findings.problems.add(bad_amount(line, "\"x\" is not a decimal number"));
  findings.problems.add(bad_amount(12, "\"y\" is not a decimal number"));
  findings.problems.add(bad_amount(13, "\"z\" is not a decimal number"));
  findings.problems.add(bad_amount(14, "\"q\" is not a decimal number"));
  findings.problem_file = "payments-problems.ndjson";
  const std::string text = check_text(findings);
  EXPECT_THAT(text, HasSubstr("  13 INVALID_DECIMAL, column \"Amount\" (hs_initial_amount)\n"
                              "      lines 2, 3, 4, 5, 6, …: \"x\" is not a decimal number\n"
                              "      line 12: \"y\" is not a decimal number\n"
                              "      line 13: \"z\" is not a decimal number\n"
                              "      and 1 more like these\n"));
  EXPECT_THAT(text, HasSubstr("payments-problems.ndjson\n"));
  EXPECT_THAT(text, HasSubstr("12 records of 25,900 would not be loaded"));
}

TEST(CheckText, TheCodeOfNoCurrencyIsExplained) {
  CheckFindings findings = good_findings();
  EXPECT_THAT(check_text(findings), Not(HasSubstr("XXX")));
  findings.facts.totals.count_read(Currency(), Decimal(1, 0));
  EXPECT_THAT(check_text(findings), HasSubstr("\n  (XXX: no currency given)\n"));
}

TEST(CheckText, NamesTheFileWhereThereAreSeveral) {
  CheckFindings findings = good_findings();
  findings.inputs = {"payments.csv", "more.csv"};
  findings.problems.add(bad_amount(2, "no number"));
  EXPECT_THAT(check_text(findings), HasSubstr("payments.csv line 2: no number"));
  findings.problem_file = "payments-problems.ndjson";
  EXPECT_THAT(check_text(findings), HasSubstr("  The one with file, line, column and value: "));
}

TEST(CheckText, LeavesTheTerminalAloneAndFitsIt) {
  CheckFindings findings = good_findings();
  findings.account_skipped = "HubSpot was not asked: " + std::string(100, 'x') + " is not set.";
  findings.rule_problems = {{"p",
                             "Property \"p\" is read-only in HubSpot; take it out of the "
                             "config, or take another one that can be written.",
                             false},
                            {"q", "Property \"q\" may not take this.", true}};
  findings.problems.add(bad_amount(2, "\"\x1b[2J\nabc\" is not a decimal number; " +
                                          std::string(30, 'w') + " " + std::string(60, 'v')));
  const std::string text = check_text(findings);
  EXPECT_THAT(text, Not(HasSubstr("\x1b")));
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const bool one_word = line.find_last_of(' ') <= line.find_first_not_of(' ');
    EXPECT_TRUE(count_characters(line) <= 79 || one_word) << line;
  }
  EXPECT_THAT(text, HasSubstr("HubSpot would not take this config:\n  - Property \"p\""));
  EXPECT_THAT(text, HasSubstr("HubSpot may not take this:\n  - Property \"q\""));
  EXPECT_THAT(text, HasSubstr("Nothing can be loaded before the config is mended."));
}

TEST(CheckText, DoesNotPromiseWhatItCannotKnow) {
  CheckFindings findings = good_findings();
  findings.account_asked = false;
  EXPECT_THAT(check_text(findings), HasSubstr("as far as can be told offline"));
  findings.facts.all_keys_compared = false;
  EXPECT_THAT(check_text(findings), HasSubstr("Ids were compared within"));
  findings.account_failed = true;
  EXPECT_THAT(check_text(findings), HasSubstr("HubSpot could not be asked"));
}

TEST(CheckText, SaysThatThereIsNothingToLoad) {
  CheckFindings findings;
  findings.inputs = {"payments.csv"};
  EXPECT_THAT(check_text(findings), HasSubstr("There is nothing to load."));
}

}  // namespace
}  // namespace payferry
