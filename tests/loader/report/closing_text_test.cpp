#include "loader/report/closing_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace payferry {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

const Currency kPounds = Currency::parse("GBP").value();
const Currency kYen = Currency::parse("JPY").value();

void count(Summary& summary, Currency currency, const Decimal& amount, OutcomeStatus status,
           int times = 1) {
  for (int i = 0; i < times; ++i) {
    summary.tally.count_read(currency, amount);
    summary.tally.count_outcome(currency, amount, status);
  }
}

/// 1,203 records: most of them loaded, some of each other kind.
Summary typical() {
  Summary summary;
  count(summary, kPounds, Decimal(123'450, 2), OutcomeStatus::created, 1180);
  count(summary, kPounds, Decimal(-1'000'00, 2), OutcomeStatus::existing, 20);
  count(summary, kPounds, Decimal(5, 2), OutcomeStatus::invalid);
  count(summary, kYen, Decimal(12'000, 0), OutcomeStatus::rejected);
  count(summary, kYen, Decimal(500, 0), OutcomeStatus::unknown);
  summary.counters = {15, 2, 0, 1, std::chrono::milliseconds(2'406)};
  summary.complete = true;
  return summary;
}

std::string text_of(const Summary& summary, bool csv = true) {
  return closing_text(summary, "runs/may", csv);
}

/// The widest line that names no path.
std::size_t columns(const std::string& text) {
  std::size_t widest = 0;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.find("runs/may") == std::string::npos) widest = std::max(widest, line.size());
  }
  return widest;
}

TEST(ClosingText, OneRequestAndRetryAreSingular) {
  Summary summary;
  count(summary, kPounds, Decimal(123'450, 2), OutcomeStatus::created);
  summary.counters = {1, 1, 0, 1, std::chrono::milliseconds(2'406)};
  const std::string text = text_of(summary);
  EXPECT_THAT(text, HasSubstr("  read                  1  record of the source\n"));
  EXPECT_THAT(text, HasSubstr("  1 request in 2s, 0 records/s\n  1 retry, 0 throttled"));
}

TEST(ClosingText, SaysHowManyLackAnAssociation) {
  Summary summary = typical();
  EXPECT_THAT(text_of(summary), Not(HasSubstr("lacking")));
  summary.tally.lacking_association = 1'180;
  EXPECT_THAT(text_of(summary), HasSubstr("\n  lacking  an association: 1,180 of the loaded"));
  EXPECT_LE(columns(text_of(summary)), 80U);
}

TEST(ClosingText, SaysWhoseTheControlTotalsAreWhereNotAllAmountsAreKnown) {
  Summary summary = typical();
  EXPECT_THAT(text_of(summary), Not(HasSubstr("control totals of")));
  summary.books_before = RecordNumber(1'204);
  EXPECT_THAT(text_of(summary), HasSubstr("\n  control totals of records 1 to 1,203; what follows "
                                          "is counted when the run goes on\n  GBP  read"));
  summary.books_before = RecordNumber(1);
  EXPECT_THAT(text_of(summary), HasSubstr("\n  control totals of no record;"));
  EXPECT_LE(columns(text_of(summary)), 80U);
}

TEST(ClosingText, OfATypicalRun) {
  EXPECT_EQ(text_of(typical()), R"(
  read              1,203  records of the source
  created           1,180  made by this run
  existing             20  were in HubSpot before
  invalid               1  refused by payferry, not sent
  rejected              1  refused for good
  unknown               1  sent; HubSpot may have them or not
  GBP  read            1,201            1,436,710.05
  GBP  loaded          1,200            1,436,710.00
  GBP  refused             1                    0.05
  JPY  read                2                  12,500
  JPY  refused             2                  12,500
  15 requests in 2s, 500 records/s
  2 retries, 0 throttled, 1 looked up
  results  runs/may/outcomes.ndjson
  rejects  runs/may/rejects.csv (mend these and load them again)
  unknown  runs/may/unknown.csv (look for these in HubSpot first)
Complete; some records are not in HubSpot.
)");
}

TEST(ClosingText, OfARunWithoutTroubleNamesNoTrouble) {
  Summary summary;
  count(summary, kPounds, Decimal(1, 2), OutcomeStatus::created);
  summary.complete = true;
  const std::string text = text_of(summary);
  EXPECT_THAT(text, EndsWith("\nComplete: every record is in HubSpot.\n"));
  for (const char* word : {"invalid", "rejected", "unknown", "pending", "rejects", "existing"})
    EXPECT_THAT(text, Not(HasSubstr(word)));
}

TEST(ClosingText, NegativeSumsAreGroupedToo) {
  Summary summary;
  count(summary, kPounds, Decimal(-12'345'678, 2), OutcomeStatus::created);
  count(summary, kYen, Decimal(-123, 0), OutcomeStatus::created);
  EXPECT_THAT(text_of(summary), HasSubstr(" -123,456.78\n"));
  EXPECT_THAT(text_of(summary), HasSubstr(" -123\n"));
}

TEST(ClosingText, RejectsOfNdjsonAreNdjson) {
  const std::string text = text_of(typical(), false);
  EXPECT_THAT(text, HasSubstr("  rejects  runs/may/rejects.ndjson ("));
  EXPECT_THAT(text, HasSubstr("  unknown  runs/may/unknown.ndjson ("));
}

TEST(ClosingText, ARunThatStoppedSaysHowItGoesOn) {
  Summary summary = typical();
  summary.complete = false;
  summary.tally.count_read(kPounds, Decimal(5, 2));
  summary.stopped = "Stopped by a signal";
  const std::string text = text_of(summary);
  EXPECT_THAT(text, HasSubstr("  pending               1  not final yet\n"));
  EXPECT_THAT(text, HasSubstr("  GBP  pending             1                    0.05\n"));
  EXPECT_THAT(text, EndsWith("\nStopped by a signal. What has an outcome is safe; go on with:\n"
                             "  payferry resume runs/may\n"));
}

TEST(ClosingText, ARunOfAPipeThatWasCutShortSaysThatItMustComeAgain) {
  Summary summary = typical();
  summary.stopped = "Stopped by a signal";
  summary.is_cut_short = true;
  EXPECT_THAT(
      text_of(summary),
      EndsWith("\nStopped by a signal. What has an outcome is safe. Not all of the pipe was "
               "read; give the same data again, and it goes on:\n"
               "  payferry load -c CONFIG INPUT... --run-dir runs/may\n"));
}

TEST(ClosingText, WhatIsToBeDoneWithALongPathStandsBelowIt) {
  EXPECT_THAT(closing_text(typical(), "payferry-runs/payments-20261129T123049Z", true),
              HasSubstr("\n  rejects  payferry-runs/payments-20261129T123049Z/rejects.csv\n"
                        "           (mend these and load them again)\n"));
}

TEST(ClosingText, TheCommandCanBePasted) {
  Summary summary = typical();
  summary.stopped = "Stopped by a signal";
  EXPECT_THAT(closing_text(summary, "runs of may", true),
              EndsWith("\n  payferry resume 'runs of may'\n"));
}

TEST(ClosingText, AReasonThatIsASentenceAlreadyGetsNoSecondFullStop) {
  Summary summary = typical();
  summary.stopped = "The token is refused. Give another.";
  EXPECT_THAT(text_of(summary), HasSubstr("\nThe token is refused. Give another. What has"));
}

TEST(ClosingText, AnInputThatBrokeOffIsTheLastWord) {
  Summary summary = typical();
  summary.input_broken = "The input may.csv.gz broke off.";
  EXPECT_THAT(text_of(summary), EndsWith("\nThe input may.csv.gz broke off.\n"));
}

TEST(ClosingText, BooksThatDoNotBalanceAreTheLastWordWhateverElseThereIs) {
  Summary summary = typical();
  summary.stopped = "Stopped by a signal";
  ++summary.tally.records;
  EXPECT_THAT(text_of(summary), EndsWith("\nThe books do not balance: this is a defect of "
                                         "payferry, do not rely on this run.\n"));
}

TEST(ClosingText, IsAtMost80ColumnsWideForLargeRunsToo) {
  Summary summary = typical();
  EXPECT_LE(columns(text_of(summary)), 80U);
  summary.counters = {98'765'432, 1'234'567, 1'234'567, 1'234'567, std::chrono::hours(999)};
  for (const Currency currency : {kPounds, kYen})
    count(summary, currency, Decimal(999'999'999'999'999, 2), OutcomeStatus::unknown);
  summary.tally.records = summary.tally.created = 9'999'999'999;
  summary.stopped = "Stopped";
  EXPECT_LE(columns(closing_text(summary, "runs/may", true)), 80U);
}

}  // namespace
}  // namespace payferry
