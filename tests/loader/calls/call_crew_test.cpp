#include "loader/calls/call_crew.hpp"

#include <gmock/gmock.h>

#include <stdexcept>

#include "loader/calls/calls_fixture.hpp"
#include "loader/calls/patience.hpp"
#include "model/failure.hpp"

namespace payferry::test {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

/// Batches of one call each.
class CountedWork final : public BatchWork {
 public:
  CountedWork(CallContext& context, std::size_t batches) : context_(context), left_(batches) {}

  bool has_room() const override { return room; }
  std::optional<asio::awaitable<void>> next() override {
    if (left_ == 0) return std::nullopt;
    --left_;
    ++begun;
    return live();
  }

  bool room = true;
  bool fails = false;
  std::size_t begun = 0;
  std::size_t done = 0;
  std::size_t most_at_once = 0;

 private:
  asio::awaitable<void> live() {
    Patience patience(context_);
    std::optional<Permit> permit = co_await patience.admit(RequestKind::read);
    if (!permit) co_return;
    most_at_once = std::max(most_at_once, context_.batches);
    const ApiCall call(Endpoint::batch_read, "");
    const Answer answer = co_await context_.api.call(call, *permit);
    Failure none;
    none.reaction = Reaction::none;
    patience.answered(*permit, answer, none);
    if (fails) throw std::runtime_error("broken");
    ++done;
  }

  CallContext& context_;
  std::size_t left_;
};

class CallCrewTest : public CallsFixture {};

TEST_F(CallCrewTest, EveryBatchLivesItsLife) {
  CountedWork work(calls(), 50);
  start(run_batches(calls(), work, {}));
  run();
  EXPECT_TRUE(has_ended_);
  EXPECT_FALSE(failure_);
  EXPECT_EQ(work.done, 50U);
  EXPECT_EQ(calls().batches, 0U);
  EXPECT_EQ(calls().in_flight, 0U);
}

TEST_F(CallCrewTest, OnlyAFewWaitForLeave) {
  settings_.limits.connections = 4;
  CountedWork work(calls(), 100);
  start(run_batches(calls(), work, {}));
  run();
  EXPECT_EQ(work.done, 100U);
  EXPECT_LE(work.most_at_once, 12U);
  EXPECT_GT(work.most_at_once, 4U);
}

TEST_F(CallCrewTest, WorkWithoutRoomWaitsUntilABatchEnds) {
  CountedWork work(calls(), 20);
  CrewLimits limits;
  limits.most_batches = 1;
  start(run_batches(calls(), work, limits));
  run();
  EXPECT_EQ(work.done, 20U);
  EXPECT_EQ(work.most_at_once, 1U);
}

TEST_F(CallCrewTest, AStopLetsWhatIsInFlightFinishAndBeginsNothingNew) {
  settings_.limits.connections = 2;
  CountedWork work(calls(), 100);
  start(run_batches(calls(), work, {}));
  run_until(150ms);
  const std::size_t in_flight = calls().in_flight;
  const std::size_t done = work.done;
  EXPECT_GT(in_flight, 0U);
  stop_.request(StopReason::interrupted, "stopped");
  run();
  EXPECT_TRUE(has_ended_);
  EXPECT_FALSE(failure_);
  EXPECT_EQ(work.done, done + in_flight);
  EXPECT_LT(work.begun, 100U);
}

TEST_F(CallCrewTest, AStopWakesWhatWaitsToTryAgain) {
  settings_.retry.base = 3600s;
  settings_.retry.cap = 3600s;
  CountedWork work(calls(), 1);
  work.room = false;
  start(run_batches(calls(), work, {}));
  run_until(1s);
  stop_.request(StopReason::interrupted, "stopped");
  run_until(2s);
  EXPECT_TRUE(has_ended_);
  EXPECT_EQ(work.begun, 0U);
}

TEST_F(CallCrewTest, WhatIsInFlightGetsItsGraceAndNoMore) {
  api_.latency = 1h;
  CountedWork work(calls(), 1);
  start(run_batches(calls(), work, {}));
  run_until(1s);
  stop_.request(StopReason::interrupted, "stopped");
  run_until(20s);
  EXPECT_FALSE(has_ended_);
  run_until(40s);
  EXPECT_TRUE(has_ended_);
  EXPECT_EQ(work.done, 0U);
}

TEST_F(CallCrewTest, ABrokenBatchEndsAllAndItsErrorComesOut) {
  CountedWork work(calls(), 100);
  work.fails = true;
  start(run_batches(calls(), work, {}));
  run();
  EXPECT_TRUE(has_ended_);
  EXPECT_TRUE(failure_);
  EXPECT_LT(work.begun, 100U);
}

TEST_F(CallCrewTest, OneBatchAloneIsRunToo) {
  CountedWork work(calls(), 1);
  start(run_batch(calls(), *work.next()));
  run();
  EXPECT_TRUE(has_ended_);
  EXPECT_EQ(work.done, 1U);
}

}  // namespace
}  // namespace payferry::test
