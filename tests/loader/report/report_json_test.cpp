#include "loader/report/report_json.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <fstream>

#include "loader/report/sample_run.hpp"

namespace payferry {
namespace {

namespace json = boost::json;
using test::SampleRun;

json::object json_of(const SampleRun& run) {
  return json::parse(report_json(*read_report(run.path()))).as_object();
}

TEST(ReportJson, HoldsAllOfTheSummary) {
  SampleRun run;
  fill(run);
  run.write();
  const json::object report = json_of(run);
  const json::value summary = json::parse(run.summary().to_json());
  for (const auto& [key, value] : summary.as_object()) EXPECT_EQ(report.at(key), value) << key;
}

TEST(ReportJson, AddsUpToTheSummary) {
  SampleRun run;
  fill(run);
  run.write();
  const json::object report = json_of(run);
  std::int64_t created = 0;
  for (const json::value& bin : report.at("timeline").at("bins").as_array())
    if (bin.as_object().contains("created")) created += bin.at("created").to_number<int>();
  EXPECT_EQ(created, 4);
  std::int64_t refused = 0;
  for (const json::value& cause : report.at("causes").as_array())
    refused += cause.at("count").to_number<int>();
  EXPECT_EQ(refused, 3);
  EXPECT_EQ(report.at("latency_ms").at("max").to_number<int>(), 2000);
  EXPECT_EQ(report.at("answers").at("207").to_number<int>(), 1);
  EXPECT_EQ(report.at("causes").at(0).at("examples").at(0).at("line").to_number<int>(), 7);
}

TEST(ReportJson, SaysWhetherTheRunWasUndone) {
  SampleRun run;
  fill(run);
  run.write();
  std::ofstream(run.file("undo.ndjson")).close();
  EXPECT_FALSE(json_of(run).at("undone").as_bool()) << "nothing was archived yet";
  std::ofstream(run.file("undo.ndjson")) << "{}\n";
  EXPECT_TRUE(json_of(run).at("undone").as_bool());
}

TEST(ReportJson, OfAnUnfinishedRunSaysHowFarItsBooksGo) {
  SampleRun run;
  fill(run);
  run.checkpoint(9);
  run.write(false);
  const json::object report = json_of(run);
  EXPECT_TRUE(report.at("unfinished").as_bool());
  EXPECT_FALSE(report.contains("books_balance"));
  EXPECT_EQ(report.at("amounts_before_record").to_number<int>(), 9);
}

}  // namespace
}  // namespace payferry
