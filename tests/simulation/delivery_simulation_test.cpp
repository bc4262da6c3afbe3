#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

#include "simulation/simulated_run.hpp"

namespace payferry::test {
namespace {

std::uint64_t number_from(const char* variable, std::uint64_t otherwise) {
  const char* text = std::getenv(variable);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

/// PAYFERRY_SEED=N replays one seed, PAYFERRY_SEEDS=N runs so many; both, so many from that one on.
TEST(DeliverySimulation, EveryPromiseIsKeptUnderEveryFaultAndCrash) {
  const std::uint64_t given = number_from("PAYFERRY_SEED", 0);
  const std::uint64_t first = given != 0 ? given : 1;
  const std::uint64_t last = first + number_from("PAYFERRY_SEEDS", given != 0 ? 1 : 2'000) - 1;
  std::uint64_t failed = 0;
  for (std::uint64_t seed = first; seed <= last && failed < 5; ++seed) {
    const RunReport report = run_scenario(draw_scenario(seed));
    if (report.broken_rules.empty()) continue;
    ++failed;
    ADD_FAILURE() << "Seed " << seed << " broke a promise; replay it with\n  PAYFERRY_SEED=" << seed
                  << " build/release/tests/simulation_test\n"
                  << report.to_string();
  }
}

Scenario scenario_with_a_bit_of_everything(WriteMode write) {
  for (std::uint64_t seed = 1;; ++seed) {
    Scenario scenario = draw_scenario(seed);
    const bool fits = scenario.rows.size() > 60 && scenario.rows.size() < 100 &&
                      scenario.has_key() && scenario.settings.mapping.write == write &&
                      scenario.settings.mapping.associations.size() == 2 &&
                      scenario.hubspot.faults.probability != simulator::FaultPlan().probability;
    if (fits) return scenario;
  }
}

/// Crashes at every one of its journal's commits, before and after.
void crash_everywhere(Scenario scenario) {
  scenario.settings.limits.batch_records = 10;
  scenario.crash_at_commit.clear();
  scenario.crash_after.clear();
  const std::uint64_t commits = run_scenario(scenario).commits_of_last_process;
  ASSERT_GT(commits, 10U);
  for (std::uint64_t at = 1; at <= commits; ++at) {
    for (const bool after : {false, true}) {
      scenario.crash_at_commit = {at, 3};
      scenario.crash_after = {after, !after};
      const RunReport report = run_scenario(scenario);
      EXPECT_TRUE(report.broken_rules.empty())
          << "crashed " << (after ? "after" : "before") << " commit " << at << "\n"
          << report.to_string();
    }
  }
}

TEST(DeliverySimulation, ACrashAtAnyStepOfTheJournalLosesAndDoublesNothing) {
  crash_everywhere(scenario_with_a_bit_of_everything(WriteMode::create));
}

TEST(DeliverySimulation, ACrashAtAnyStepOfAnUpsertEndsWithItsAssociationsMade) {
  crash_everywhere(scenario_with_a_bit_of_everything(WriteMode::upsert));
}

}  // namespace
}  // namespace payferry::test
