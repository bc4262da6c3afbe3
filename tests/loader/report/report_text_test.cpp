#include "loader/report/report_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "loader/report/sample_run.hpp"

namespace payferry {
namespace {

using test::SampleRun;
using testing::HasSubstr;
using testing::Not;

std::string text_of(SampleRun& run, bool with_summary = true) {
  run.write(with_summary);
  return report_text(*read_report(run.path()));
}

TEST(ReportText, SaysHowTheRunStandsAndWhy) {
  SampleRun run;
  fill(run);
  const std::string text = text_of(run);
  EXPECT_THAT(text, HasSubstr("Complete, with refused records"));
  EXPECT_THAT(text, HasSubstr("  GBP  loaded              5                    7.50\n"));
  EXPECT_THAT(text, HasSubstr("They balance: read = loaded + refused."));
  EXPECT_THAT(text, HasSubstr(": batches, look-ups and account settings\n"));
  EXPECT_THAT(text, HasSubstr("            1  batch answered with HTTP 201\n"));
  EXPECT_THAT(text, HasSubstr("\n  1 retry, 0 throttled, 4 records looked up\n"));
  EXPECT_THAT(text,
              HasSubstr("        2  Not an amount (invalid, INVALID_DECIMAL, hs_initial_amount)"));
  EXPECT_THAT(text, HasSubstr("line 7, k6: \"12,5O\" is not a decimal number"));
  EXPECT_THAT(text, HasSubstr("$ payferry load -c /home/ann/payments.toml"));
}

TEST(ReportText, FitsATerminalButForPathsAndCommands) {
  SampleRun run;
  fill(run);
  run.settle(9, OutcomeStatus::invalid, test::second(9),
             SampleRun::refusal("TEXT_TOO_LONG", "hs_payment_method_bank_or_issuer", "bank",
                                "the text has 70,000 characters, more than HubSpot keeps (65,536); "
                                "shorten it"));
  std::istringstream lines(text_of(run));
  for (std::string line; std::getline(lines, line);) {
    if (line.find('/') != std::string::npos) continue;
    EXPECT_LE(line.size(), 80U) << line;
  }
}

TEST(ReportText, OfAKilledRunNamesTheRecordsThatItsBooksHold) {
  SampleRun run;
  fill(run);
  run.checkpoint(9);
  const std::string text = text_of(run, false);
  EXPECT_THAT(text, HasSubstr("$ payferry resume " + run.path()));
  EXPECT_THAT(text, HasSubstr("Control totals of records 1 to 8\n"));
  EXPECT_THAT(text, Not(HasSubstr("balance")));
}

TEST(ReportText, TellsOfLinesThatCannotBeRead) {
  SampleRun run;
  fill(run);
  run.outcomes() += "no line of ours\n";
  EXPECT_THAT(text_of(run), HasSubstr("1 line of the logs cannot be read"));
}

}  // namespace
}  // namespace payferry
