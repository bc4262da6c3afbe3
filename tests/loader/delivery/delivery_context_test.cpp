#include "loader/delivery/delivery_context.hpp"

#include "loader/delivery/delivery_fixture.hpp"

namespace payferry {
namespace {

using namespace std::chrono_literals;

class DeliveryContextTest : public test::DeliveryFixture {};

TEST_F(DeliveryContextTest, ARequestWithoutAnswerHasEndedAfterItsOwnTimeout) {
  settings_.retry.request_timeout = 110s;
  EXPECT_EQ(open().settled_by(time_.wall_now()), time_.now() + 110s);
}

TEST_F(DeliveryContextTest, SettleAfterTakesTheTimeoutsPlace) {
  settings_.retry.settle_after = 5s;
  EXPECT_EQ(open().settled_by(time_.wall_now()), time_.now() + 5s);
}

TEST_F(DeliveryContextTest, TimeSinceTheSendingCounts) {
  settings_.retry.settle_after = 5s;
  EXPECT_EQ(open().settled_by(time_.wall_now() - 3s), time_.now() + 2s);
}

TEST_F(DeliveryContextTest, WhatWasSentLongAgoHasEnded) {
  EXPECT_EQ(open().settled_by(time_.wall_now() - 24h), time_.now());
}

TEST_F(DeliveryContextTest, AClockThatWasSetBackMakesItNoLonger) {
  settings_.retry.settle_after = 5s;
  EXPECT_EQ(open().settled_by(time_.wall_now() + 24h), time_.now() + 5s);
}

TEST_F(DeliveryContextTest, ProgressFollowsTheSettings) {
  settings_.mapping.write = WriteMode::upsert;
  settings_.hubspot.on_existing = OnExisting::reject;
  const BatchProgress::Options options = open().progress_options();
  EXPECT_EQ(options.write, WriteMode::upsert);
  EXPECT_TRUE(options.has_key);
  EXPECT_EQ(options.id_property, test::kKeyProperty);
  EXPECT_TRUE(options.reject_existing);
}

TEST_F(DeliveryContextTest, AnswersAreComparedByPropertiesOnlyWhereThereIsNoKey) {
  EXPECT_FALSE(open().answer_interest().whole_properties);
  settings_.mapping.id_property.clear();
  EXPECT_TRUE(open().answer_interest().whole_properties);
}

TEST_F(DeliveryContextTest, AClosedAdmissionMeansThatTheDayIsUsed) {
  open().admission_closed();
  EXPECT_EQ(stop_.reason(), StopReason::daily_quota);
}

TEST_F(DeliveryContextTest, AnAdmissionThatAStopClosedLeavesItsReason) {
  stop_.request(StopReason::interrupted, "Interrupted");
  open().admission_closed();
  EXPECT_EQ(stop_.reason(), StopReason::interrupted);
  EXPECT_EQ(stop_.text(), "Interrupted");
}

}  // namespace
}  // namespace payferry
