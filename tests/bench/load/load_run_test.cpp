#include "bench/load/load_run.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace payferry::bench {
namespace {

LoadPlan small_plan(const ScratchFolder& folder) {
  LoadPlan plan;
  plan.input = folder.file("payments.csv");
  plan.records = 250;
  plan.simulator = unthrottled_simulator();
  plan.sections = fixed_connections(2);
  plan.properties = payment_properties(GeneratedFormat::csv);
  write_payments(plan.input, {.records = plan.records});
  return plan;
}

TEST(LoadRun, CountsWhatBothSidesCount) {
  const ScratchFolder folder;
  const LoadPlan plan = small_plan(folder);
  const LoadResult result = run_load(plan, folder);
  EXPECT_EQ(result.records, 250U);
  EXPECT_EQ(result.loaded, 250U);
  EXPECT_EQ(result.simulator.created, 250U);
  EXPECT_GE(result.requests, 3U);
  EXPECT_EQ(result.simulator.throttled, 0U);
  EXPECT_GE(result.simulator.connections, 1U);
  EXPECT_EQ(result.input_bytes, std::filesystem::file_size(plan.input));
}

TEST(LoadRun, CanBeRunAgainInTheSameFolder) {
  const ScratchFolder folder;
  const LoadPlan plan = small_plan(folder);
  run_load(plan, folder);
  EXPECT_EQ(run_load(plan, folder).loaded, 250U);
}

TEST(LoadRun, GivesNoFigureWhereTheBooksDoNotAgree) {
  const ScratchFolder folder;
  LoadPlan plan = small_plan(folder);
  const LoadResult result = run_load(plan, folder);
  SimulatorCounts other = result.simulator;
  other.created = 249;
  EXPECT_THROW(finished_load(plan, result.usage, other, folder), std::runtime_error);
  EXPECT_NO_THROW(finished_load(plan, result.usage, result.simulator, folder));
  // As where the last record was refused.
  std::string summary = read_file(run_directory(folder) / "summary.json");
  const std::string created = "\"created\":250,";
  ASSERT_NE(summary.find(created), summary.npos);
  summary.replace(summary.find(created), created.size(), "\"created\":249,");
  folder.write("run/summary.json", summary);
  EXPECT_THROW(finished_load(plan, result.usage, result.simulator, folder), std::runtime_error);
}

TEST(LoadRun, GivesNoFigureForAnotherNumberOfRecords) {
  const ScratchFolder folder;
  LoadPlan plan = small_plan(folder);
  const LoadResult result = run_load(plan, folder);
  plan.records = 251;
  EXPECT_THROW(finished_load(plan, result.usage, result.simulator, folder), std::runtime_error);
}

TEST(LoadFigures, AreByTheRecordAndTheSecond) {
  LoadResult result;
  result.records = 1000;
  result.input_bytes = 2'000'000;
  result.requests = 12;
  result.usage.cpu = std::chrono::milliseconds(5);
  result.usage.wall = std::chrono::milliseconds(500);
  result.usage.peak_rss_kib = 30 * 1024;
  result.simulator.throttled = 1;
  result.simulator.handshakes = 16;
  result.simulator.looked_up = 3;
  Subject subject("load");
  add_figures(subject, result);
  EXPECT_DOUBLE_EQ(subject.at("records/s").median(), 2000);
  EXPECT_DOUBLE_EQ(subject.at("CPU a record").median(), 5);
  EXPECT_DOUBLE_EQ(subject.at("input").median(), 4);
  EXPECT_DOUBLE_EQ(subject.at("peak memory").median(), 30);
  EXPECT_EQ(subject.at("requests").median(), 12);
  EXPECT_EQ(subject.at("429").median(), 1);
  EXPECT_EQ(subject.at("TLS handshakes").median(), 16);
  EXPECT_EQ(subject.at("look-ups").median(), 3);
}

}  // namespace
}  // namespace payferry::bench
