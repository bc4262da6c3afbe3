#include "loader/report/run_report.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "loader/report/run_standing.hpp"
#include "loader/report/sample_run.hpp"

namespace payferry {
namespace {

using test::SampleRun;
using test::second;
using testing::HasSubstr;
using Tone = RunStanding::Tone;

RunReport report_of(const SampleRun& run) {
  auto report = read_report(run.path());
  EXPECT_TRUE(report) << report.error();
  return *std::move(report);
}

TEST(RunReport, OfACompleteRunSaysWhatItsSummarySays) {
  SampleRun run;
  fill(run);
  run.write();
  const RunReport report = report_of(run);
  EXPECT_FALSE(report.unfinished);
  EXPECT_EQ(report.summary.to_json(), run.summary().to_json());
  EXPECT_EQ(report.quota->requests, 50U);
  EXPECT_EQ(report.latency.count(), 2U);
  EXPECT_EQ(report.first_moment, second(1));
  EXPECT_EQ(report.place.config, "/home/ann/payments.toml");
  EXPECT_TRUE(report.place.csv);
}

TEST(RunReport, OfARunThatWasKilledCountsByItsLogs) {
  SampleRun run;
  fill(run);
  run.checkpoint(9);
  run.send(3, 9, 12, 201, second(10));
  run.write(false);
  const RunReport report = report_of(run);
  EXPECT_TRUE(report.unfinished);
  EXPECT_EQ(report.summary.tally.records, 12U);
  EXPECT_EQ(report.summary.tally.created, 4U);
  EXPECT_EQ(report.summary.tally.pending(), 4U);
  EXPECT_EQ(report.summary.books_before, RecordNumber(9));
  EXPECT_EQ(report.summary.counters.requests, 8U) << "7 until the checkpoint, and one behind it";
  EXPECT_EQ(report.summary.tally.totals.by_currency().begin()->second.read.count, 8U);
  const RunStanding standing = standing_of(report);
  EXPECT_EQ(standing.tone, Tone::stopped);
  EXPECT_EQ(standing.command, "payferry resume " + run.path());
}

TEST(RunReport, ASummaryOfAnEarlierProcessIsNotBelieved) {
  SampleRun run;
  fill(run);
  const std::string outcomes = run.outcomes();
  run.outcomes() += outcomes.substr(0, outcomes.find('\n') + 1);
  run.write();
  EXPECT_TRUE(report_of(run).unfinished);
}

TEST(RunReport, ARunWithoutAnyLineIsReportedToo) {
  SampleRun run;
  run.write(false);
  const RunReport report = report_of(run);
  EXPECT_TRUE(report.unfinished);
  EXPECT_TRUE(report.timeline.stretches.empty());
}

TEST(RunReport, WhereNoRunStandsThatIsSaid) {
  const auto report = read_report("/nowhere");
  ASSERT_FALSE(report);
  EXPECT_THAT(report.error(), HasSubstr("No run stands in /nowhere"));
}

TEST(RunReport, AConfigThatCannotBeReadCostsTheQuotaOnly) {
  SampleRun run;
  fill(run);
  run.manifest().config.toml = "no toml";
  run.write();
  EXPECT_FALSE(report_of(run).quota);
}

TEST(RunStanding, OfEachEndIsItsOwn) {
  SampleRun run;
  fill(run);
  run.write();
  RunReport report = report_of(run);
  EXPECT_EQ(standing_of(report).tone, Tone::mixed);
  EXPECT_THAT(standing_of(report).text,
              HasSubstr("3 of 8 records are not in HubSpot: 2 invalid, 1 rejected."));
  report.summary.complete = false;
  report.summary.stopped = "Stopped by SIGTERM";
  EXPECT_EQ(standing_of(report).text, "Stopped by SIGTERM. What has an outcome is safe.");
  EXPECT_THAT(standing_of(report).command, HasSubstr("payferry resume "));
  report.summary.is_cut_short = true;
  EXPECT_THAT(standing_of(report).text, HasSubstr("Not all of the pipe was read"));
  EXPECT_THAT(standing_of(report).command,
              HasSubstr("payferry load -c CONFIG INPUT... --run-dir "));
  report.summary.is_cut_short = false;
  report.summary.stopped.clear();
  report.is_undone = true;
  EXPECT_EQ(standing_of(report).title, "Undone");
  EXPECT_THAT(standing_of(report).command, HasSubstr("payferry undo "));
  report.is_undone = false;
  report.summary.input_broken = "The file ends too early";
  EXPECT_EQ(standing_of(report).title, "The input broke off");
  report.summary.input_broken.clear();
  --report.summary.tally.rejected;
  ++report.summary.tally.unknown;
  EXPECT_THAT(standing_of(report).text,
              HasSubstr("are not in HubSpot, or nobody can tell: 2 invalid, 1 unknown."));
  ++report.summary.tally.records;
  EXPECT_EQ(standing_of(report).tone, Tone::bad);
  report.summary = Summary();
  report.summary.complete = true;
  EXPECT_EQ(standing_of(report).tone, Tone::good);
}

}  // namespace
}  // namespace payferry
