#include "bench/summary/summary.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace payferry::bench {
namespace {

Section comparison() {
  Section section("comparison");
  const auto add = [&section](const char* name, double cpu, double ratio) {
    Subject& subject = section.subjects.emplace_back(name);
    subject.add("CPU a record", "µs", cpu);
    subject.add("CPU by payferry's", "", ratio);
  };
  add("payferry", 2, 1);
  add("wrk", 0.5, 0.25);
  add("HubSpot's Node.js client", 40, 20);
  return section;
}

Section loads() {
  Section section("loads");
  section.subjects.emplace_back("hubspot").add("429", "", 1);
  section.subjects.emplace_back("hubspot: pace").add("quota used", "%", 97);
  section.subjects.emplace_back("huge: 100,000 records").add("peak memory", "MiB", 30);
  section.subjects.emplace_back("huge: 1,000,000 records").add("peak memory", "MiB", 47);
  return section;
}

double measured(const std::vector<Goal>& goals, const std::string& what) {
  for (const Goal& goal : goals) {
    if (goal.what.starts_with(what)) return goal.measured;
  }
  ADD_FAILURE() << "there is no goal " << what;
  return 0;
}

TEST(Summary, HasTheFiguresThatPayferryIsHeldTo) {
  const auto goals = goals_of({loads(), comparison()});
  EXPECT_EQ(goals.size(), 6U);
  EXPECT_EQ(measured(goals, "CPU a record"), 2);
  EXPECT_EQ(measured(goals, "that, as a multiple of wrk's"), 4);
  EXPECT_EQ(measured(goals, "HubSpot's Node.js client's"), 20);
  EXPECT_EQ(measured(goals, "peak memory of 1,000,000 records"), 47);
  EXPECT_EQ(measured(goals, "quota used"), 97);
  EXPECT_EQ(measured(goals, "requests throttled"), 1);
}

TEST(Summary, LeavesOutWhatWasNotMeasured) {
  EXPECT_TRUE(goals_of({}).empty());
  EXPECT_TRUE(goals_of({Section("parts")}).empty());
  EXPECT_EQ(goals_of({comparison()}).size(), 3U);
}

TEST(Summary, SaysWhichGoalsAreMissed) {
  const TextTable table = to_table(goals_of({loads()}));
  EXPECT_EQ(table.rows.at(0).at(1), "47 MiB");
  EXPECT_EQ(table.rows.at(2),
            (TextTable::Row{"requests throttled meanwhile (429)", "1 (missed)", "at most 0"}));
}

}  // namespace
}  // namespace payferry::bench
