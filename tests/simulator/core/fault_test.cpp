#include "bench/simulator/core/fault.hpp"

#include <gtest/gtest.h>

#include <set>

namespace payferry::simulator {
namespace {

TEST(Fault, EachHasANameOfItsOwnThatFindsIt) {
  std::set<std::string_view> names;
  for (std::size_t i = 0; i < kFaultCount; ++i) {
    const auto fault = static_cast<Fault>(i);
    EXPECT_TRUE(names.insert(name_of(fault)).second);
    EXPECT_EQ(fault_named(name_of(fault)), fault);
  }
  EXPECT_EQ(name_of(Fault::slow), "slow");
  EXPECT_EQ(name_of(Fault::timeout_524), "524");
  EXPECT_EQ(fault_named("fire"), std::nullopt);
}

TEST(Fault, OrdersComeFirstAndInOrder) {
  FaultInjector faults({});
  Random random(1);
  faults.order(Fault::reset, 2);
  faults.order(Fault::slow, 1, 1);
  EXPECT_EQ(faults.draw(RequestClass::read, random), std::nullopt);
  EXPECT_EQ(faults.draw(RequestClass::write, random), Fault::reset);
  EXPECT_EQ(faults.draw(RequestClass::write, random), Fault::reset);
  EXPECT_EQ(faults.draw(RequestClass::write, random), std::nullopt);
  EXPECT_EQ(faults.draw(RequestClass::write, random), Fault::slow);
  EXPECT_EQ(faults.draw(RequestClass::write, random), std::nullopt);
}

TEST(Fault, WritesAreSparedWhereThePlanSaysSo) {
  FaultPlan plan;
  plan.with(Fault::reset, 1).on_writes = false;
  FaultInjector faults(plan);
  Random random(1);
  EXPECT_EQ(faults.draw(RequestClass::write, random), std::nullopt);
}

}  // namespace
}  // namespace payferry::simulator
