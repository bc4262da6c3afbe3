#include "config/max_errors.hpp"

#include <gtest/gtest.h>

namespace payferry {
namespace {

TEST(MaxErrors, ReadsACountOrAShare) {
  EXPECT_EQ(MaxErrors::parse("100"), MaxErrors::records(100));
  EXPECT_EQ(MaxErrors::parse("2.5%"), MaxErrors::percent(2.5));
  EXPECT_NE(MaxErrors::parse("2%"), MaxErrors::parse("2"));
}

TEST(MaxErrors, RefusesWhatIsNeither) {
  for (const char* text :
       {"", "%", "-1", "1.5", "101%", "-1%", "5 %", "many", "nan%", "99999999999999999999"}) {
    EXPECT_FALSE(MaxErrors::parse(text).has_value()) << text;
  }
}

TEST(MaxErrors, ACountIsReachedByThatManyRefusals) {
  EXPECT_FALSE(MaxErrors::records(3).reached(2, 2));
  EXPECT_TRUE(MaxErrors::records(3).reached(3, 3));
}

TEST(MaxErrors, ZeroToleratesNoneAndDoesNotStopACleanRun) {
  EXPECT_FALSE(MaxErrors::records(0).reached(0, 1000));
  EXPECT_TRUE(MaxErrors::records(0).reached(1, 1000));
  EXPECT_FALSE(MaxErrors::percent(0).reached(0, 1000));
  EXPECT_TRUE(MaxErrors::percent(0).reached(1, 1000));
}

TEST(MaxErrors, AShareIsJudgedFromTheHundredthRecordOn) {
  EXPECT_FALSE(MaxErrors::percent(10).reached(99, 99));
  EXPECT_FALSE(MaxErrors::percent(10).reached(9, 100));
  EXPECT_TRUE(MaxErrors::percent(10).reached(10, 100));
}

}  // namespace
}  // namespace payferry
