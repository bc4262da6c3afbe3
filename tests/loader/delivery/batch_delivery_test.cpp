#include "loader/delivery/batch_delivery.hpp"

#include "loader/delivery/delivery_fixture.hpp"

namespace payferry {
namespace {

using namespace std::chrono_literals;

/// The write is in doubt, so that look-ups follow; they fail a number of times.
class BatchDeliveryLookUpTest : public test::DeliveryFixture {
 protected:
  void look_ups_fail(std::size_t times, int status) {
    api_.answer = [this, times, status](const std::string& body) {
      if (api_.bodies.size() == 1)
        return Answer(Reach::sent_unanswered, "reset", FailureKind::closed);
      Answer answer = test::ScriptedHubSpot::all_created(body);
      if (body.find("idProperty") != std::string::npos) answer.status = 200;
      if (api_.bodies.size() > times + 1) return answer;
      answer.status = status;
      answer.body = R"({"status":"error","message":"not now"})";
      return answer;
    };
  }
};

TEST_F(BatchDeliveryLookUpTest, LookUpsThatFailInARowAreAnOutage) {
  settings_.retry.attempts = 4;
  look_ups_fail(20, 500);
  add_batches(1, 1);
  start();
  run();
  EXPECT_TRUE(has_ended_);
  EXPECT_EQ(stop_.reason(), StopReason::outage);
  EXPECT_EQ(api_.bodies.size(), 4U) << "the write that got no answer is one of them";
  EXPECT_EQ(log_.tally().pending(), 1U);
}

/// Five failures open the circuit; from then on it is the probes that are counted.
TEST_F(BatchDeliveryLookUpTest, AsManyProbesAsAttemptsFailBeforeItIsAnOutage) {
  settings_.retry.attempts = 8;
  api_.answer = [](const std::string&) {
    return Answer(Reach::not_sent, "refused", FailureKind::closed);
  };
  add_batches(1, 1);
  start();
  run();
  EXPECT_EQ(stop_.reason(), StopReason::outage);
  EXPECT_EQ(api_.bodies.size(), 5U + 8U);
}

TEST_F(BatchDeliveryLookUpTest, AFailedLookUpIsMadeAgainOnlyAfterAWhile) {
  settings_.retry.base = 100s;
  settings_.retry.cap = 100s;
  settings_.retry.attempts = 100;
  look_ups_fail(10, 500);
  add_batches(1, 1);
  start();
  run();
  EXPECT_FALSE(stop_.requested());
  EXPECT_EQ(log_.tally().created, 1U);
  EXPECT_GT(now(), 200s) << "ten waits of up to 100 s each";
}

TEST_F(BatchDeliveryLookUpTest, AThrottledLookUpIsCounted) {
  look_ups_fail(2, 429);
  add_batches(1, 1);
  start();
  run();
  EXPECT_EQ(log_.counters().throttled, 2U);
  EXPECT_EQ(log_.tally().created, 1U);
}

/// The write is in doubt, and HubSpot has its record: whose it is, only the results log can tell.
class BatchDeliverySearchTest : public test::DeliveryFixture {
 protected:
  void SetUp() override {
    limits_.grace = 30s;
    api_.answer = [this](const std::string&) {
      return api_.bodies.size() == 1 ? Answer(Reach::sent_unanswered, "reset", FailureKind::closed)
                                     : found();
    };
    add_batches(1, 1);
    source_.batches.back().set_keys_complete(false);
    disk_.searches_are_endless = true;
  }
  static Answer found() {
    Answer answer;
    answer.reach = Reach::answered;
    answer.status = 200;
    answer.body = R"({"status":"COMPLETE","results":[{"id":"5","properties":{"pay_key":"b1-0"}}]})";
    return answer;
  }
  void run_until_look_up_is_sent() {
    while (api_.bodies.size() < 2) run_until(now() + 1s);
  }
};

TEST_F(BatchDeliverySearchTest, WhatTheLogDoesNotKnowWasThereBefore) {
  disk_.searches_are_endless = false;
  start();
  run();
  EXPECT_EQ(disk_.searches, 1U);
  EXPECT_EQ(log_.tally().existing, 1U);
}

/// By its run property this run made it: this row, or an earlier one whose key is forgotten.
class BatchDeliveryRunPropertyTest : public BatchDeliverySearchTest {
 protected:
  void SetUp() override {
    BatchDeliverySearchTest::SetUp();
    settings_.mapping.run_property = "pay_run";
    settings_.mapping.run_id = "this-run";
    disk_.searches_are_endless = false;
    api_.answer = [this](const std::string&) {
      return api_.bodies.size() == 1 ? Answer(Reach::sent_unanswered, "reset", FailureKind::closed)
                                     : found_with_run();
    };
  }
  static Answer found_with_run() {
    Answer answer = found();
    answer.body.insert(answer.body.find(R"("pay_key")"), R"("pay_run":"this-run",)");
    return answer;
  }
};

TEST_F(BatchDeliveryRunPropertyTest, WhatTheLogDoesNotKnowIsThisRecords) {
  start();
  run();
  EXPECT_EQ(disk_.searches, 1U);
  EXPECT_EQ(log_.tally().created, 1U);
}

TEST_F(BatchDeliveryRunPropertyTest, WhatTheLogKnowsIsAnEarlierRows) {
  disk_.creator = RecordNumber(7);
  start();
  run();
  EXPECT_EQ(log_.tally().created, 0U);
  EXPECT_EQ(log_.tally().rejected, 1U);
}

TEST_F(BatchDeliverySearchTest, AStopEndsAtOnceWhatWaitsForTheLog) {
  start();
  run();
  ASSERT_EQ(disk_.searches, 1U);
  const SteadyDuration stopped_at = now();
  stop_.request(StopReason::interrupted, "Interrupted");
  run();
  EXPECT_TRUE(has_ended_);
  EXPECT_EQ(failure_, nullptr);
  EXPECT_EQ(now(), stopped_at);
  EXPECT_EQ(log_.tally().pending(), 1U) << "a resumed run looks it up again";
}

TEST_F(BatchDeliverySearchTest, AStopBeforeTheLookUpIsAnsweredLeavesTheLogUnasked) {
  api_.latency = 10s;
  start();
  run_until_look_up_is_sent();
  stop_.request(StopReason::interrupted, "Interrupted");
  const SteadyDuration stopped_at = now();
  run();
  EXPECT_TRUE(has_ended_);
  EXPECT_EQ(failure_, nullptr);
  EXPECT_EQ(api_.answered, 2U);
  EXPECT_EQ(disk_.searches, 0U);
  EXPECT_LE(now(), stopped_at + 10s);
  EXPECT_EQ(log_.tally().pending(), 1U);
}

}  // namespace
}  // namespace payferry
