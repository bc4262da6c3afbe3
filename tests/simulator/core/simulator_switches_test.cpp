#include "bench/simulator/core/simulator_switches.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace payferry::simulator {
namespace {

using ::testing::HasSubstr;

TEST(SimulatorSwitches, EachIsSetByItsNameAndEachOfItsValues) {
  for (const SwitchDescription& one : switch_descriptions()) {
    SimulatorSwitches switches;
    if (one.values == "DURATION") {
      EXPECT_EQ(set_switch(switches, one.name, "5s"), "") << one.name;
      continue;
    }
    const std::size_t bar = one.values.find('|');
    EXPECT_EQ(set_switch(switches, one.name, one.values.substr(0, bar)), "") << one.name;
    EXPECT_EQ(set_switch(switches, one.name, one.values.substr(bar + 1)), "") << one.name;
    EXPECT_THAT(set_switch(switches, one.name, "?"), HasSubstr(std::string(one.values)));
  }
}

TEST(SimulatorSwitches, ValuesReachTheirMembers) {
  SimulatorSwitches switches;
  set_switch(switches, "unique-conflict", "conflict");
  set_switch(switches, "partial-read", "empty");
  set_switch(switches, "shuffle-results", "off");
  set_switch(switches, "search-lag", "30s");
  EXPECT_EQ(switches.unique_conflict, SimulatorSwitches::UniqueConflict::conflict);
  EXPECT_EQ(switches.partial_read, SimulatorSwitches::PartialRead::empty);
  EXPECT_FALSE(switches.shuffle_results);
  EXPECT_EQ(switches.search_lag, std::chrono::seconds(30));
}

TEST(SimulatorSwitches, AnUnknownNameIsTold) {
  SimulatorSwitches switches;
  EXPECT_THAT(set_switch(switches, "gravity", "off"), HasSubstr("no switch \"gravity\""));
}

}  // namespace
}  // namespace payferry::simulator
