#include "loader/report/causes.hpp"

#include <gtest/gtest.h>

#include "loader/report/sample_run.hpp"

namespace payferry {
namespace {

OutcomeLine line(std::uint64_t record, OutcomeStatus status, const std::string& code,
                 const std::string& message) {
  OutcomeLine line;
  line.outcome.record = RecordNumber(record);
  line.outcome.status = status;
  line.outcome.refusal = test::SampleRun::refusal(code, "property", "column", message);
  line.line = LineNumber(record + 1);
  line.key = "key";
  return line;
}

TEST(Causes, RecordsWithTheSameReasonAreOne) {
  Causes causes;
  causes.add(line(1, OutcomeStatus::rejected, "A", "one"));
  causes.add(line(2, OutcomeStatus::invalid, "B", "two"));
  causes.add(line(3, OutcomeStatus::invalid, "B", "three"));
  causes.add(line(4, OutcomeStatus::rejected, "B", "four"));
  const auto all = causes.by_count();
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[0].code, "B");
  EXPECT_EQ(all[0].status, OutcomeStatus::invalid);
  EXPECT_EQ(all[0].count, 2U);
  ASSERT_EQ(all[0].examples.size(), 2U);
  EXPECT_EQ(all[0].examples[0].line, LineNumber(3));
  EXPECT_EQ(all[0].examples[0].message, "two");
}

TEST(Causes, ExamplesAreFewAndDiffer) {
  Causes causes;
  for (std::uint64_t i = 1; i <= 50; ++i)
    causes.add(line(i, OutcomeStatus::invalid, "A", "the same"));
  for (std::uint64_t i = 51; i <= 90; ++i)
    causes.add(line(i, OutcomeStatus::invalid, "A", "message " + std::to_string(i)));
  const Cause cause = causes.by_count().at(0);
  EXPECT_EQ(cause.count, 90U);
  ASSERT_EQ(cause.examples.size(), Causes::kMostExamples);
  EXPECT_EQ(cause.examples[1].message, "the same");
  EXPECT_EQ(cause.examples[2].message, "message 51");
}

TEST(Causes, EndlesslyManyReasonsStayBounded) {
  Causes causes;
  for (std::uint64_t i = 1; i <= 1000; ++i)
    causes.add(line(i, OutcomeStatus::rejected, "CODE" + std::to_string(i), "message"));
  EXPECT_EQ(causes.by_count().size(), Causes::kMostCauses);
  EXPECT_EQ(causes.others(), 1000 - Causes::kMostCauses);
}

TEST(Causes, WhatComesFromDataIsCleanAndShort) {
  Causes causes;
  OutcomeLine wild = line(1, OutcomeStatus::invalid, "A", std::string(5000, 'x') + "\x1b[2J");
  wild.key = "a\x1b[31mb\xff";
  causes.add(wild);
  const CauseExample example = causes.by_count().at(0).examples.at(0);
  EXPECT_LE(example.message.size(), 404U);
  EXPECT_EQ(example.key, "a [31mb\xEF\xBF\xBD");
}

}  // namespace
}  // namespace payferry
