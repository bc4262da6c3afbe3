#include "bench/load/soak.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace payferry::bench {
namespace {

using namespace std::chrono_literals;

TEST(Soak, IsKilledAndResumedAndTheBooksAgree) {
  LoadOptions options;
  options.soak_records = 3'000;
  options.soak_time = 4s;
  options.soak_kills = 1;
  const std::vector<Subject> subjects = soak(options).subjects;
  ASSERT_EQ(subjects.size(), 5U);
  const Subject& whole = subjects.front();
  EXPECT_EQ(whole.at("records").median(), 3'000);
  EXPECT_GE(whole.at("requests").median(), 30);
  EXPECT_GE(whole.at("connections").median(), 2);
  for (std::size_t quarter = 1; quarter <= 4; ++quarter) {
    EXPECT_GT(subjects[quarter].at("least memory").median(), 1);
    EXPECT_GE(subjects[quarter].at("most descriptors").median(), 3);
  }
}

TEST(Scenarios, ThatTakeLongAreNotRunUnlessTheyAreNamed) {
  const auto names_of = [](const std::vector<std::string>& chosen) {
    std::vector<std::string_view> names;
    for (const LoadScenario& scenario : chosen_scenarios(chosen)) names.push_back(scenario.name);
    return names;
  };
  EXPECT_THAT(names_of({}),
              testing::ElementsAre("unthrottled", "hubspot", "faulty", "resume", "huge"));
  EXPECT_THAT(names_of({"soak", "huge"}), testing::ElementsAre("huge", "soak"));
}

}  // namespace
}  // namespace payferry::bench
