#include "loader/check/problem_groups.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace payferry {
namespace {

using testing::SizeIs;

Problem problem(const std::string& code, const std::string& message, std::uint64_t line) {
  Problem result;
  result.code = code;
  result.message = message;
  result.file = "payments.csv";
  result.line = LineNumber(line);
  return result;
}

TEST(ProblemGroups, GroupsByCauseTheMostFrequentFirst) {
  ProblemGroups groups;
  groups.add(problem("A", "a", 2));
  groups.add(problem("B", "b", 3));
  groups.add(problem("B", "b", 4));
  const auto by_count = groups.by_count();
  ASSERT_THAT(by_count, SizeIs(2));
  EXPECT_EQ(by_count[0].code, "B");
  EXPECT_EQ(by_count[0].count, 2U);
  EXPECT_EQ(groups.count(), 3U);
}

TEST(ProblemGroups, TakesTheSameKindInAnotherColumnForAnotherCause) {
  ProblemGroups groups;
  Problem first = problem("A", "a", 2);
  first.column = "Amount";
  groups.add(first);
  first.column = "Fee";
  groups.add(first);
  EXPECT_THAT(groups.by_count(), SizeIs(2));
}

TEST(ProblemGroups, ShowsEachMessageOnceWithTheFirstPlaces) {
  ProblemGroups groups;
  for (std::uint64_t line = 2; line < 20; ++line) groups.add(problem("A", "same", line));
  groups.add(problem("A", "other", 20));
  const auto examples = groups.by_count().at(0).examples;
  ASSERT_THAT(examples, SizeIs(2));
  EXPECT_EQ(examples[0].count, 18U);
  EXPECT_THAT(examples[0].places, SizeIs(ProblemGroups::kMostPlaces));
  EXPECT_EQ(examples[0].places[0].line, LineNumber(2));
  EXPECT_EQ(examples[1].message, "other");
}

TEST(ProblemGroups, CountsOnWhereItRemembersNoMore) {
  ProblemGroups groups;
  for (std::uint64_t i = 0; i < 1000; ++i) {
    groups.add(problem("A" + std::to_string(i), "a", i));
    groups.add(problem("A0", "m" + std::to_string(i), i));
  }
  const auto by_count = groups.by_count();
  EXPECT_THAT(by_count, SizeIs(ProblemGroups::kMostGroups));
  EXPECT_EQ(by_count[0].count, 1001U);
  EXPECT_THAT(by_count[0].examples, SizeIs(ProblemGroups::kMostExamples));
  EXPECT_EQ(groups.others(), 1000 - ProblemGroups::kMostGroups);
  EXPECT_EQ(groups.count(), 2000U);
}

}  // namespace
}  // namespace payferry
