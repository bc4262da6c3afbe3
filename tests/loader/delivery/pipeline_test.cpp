#include "loader/delivery/pipeline.hpp"

#include <gmock/gmock.h>

#include <boost/asio/co_spawn.hpp>

#include "loader/delivery/delivery_fixture.hpp"

namespace payferry {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using testing::Contains;
using testing::Each;
using testing::Ge;
using testing::HasSubstr;
using testing::Lt;

class PipelineTest : public test::DeliveryFixture {
 protected:
  std::string message() const {
    try {
      if (failure_) std::rethrow_exception(failure_);
    } catch (const std::exception& error) {
      return error.what();
    }
    return "";
  }
};

Answer invalid_record(const std::string&) {
  Answer answer;
  answer.reach = Reach::answered;
  answer.status = 400;
  answer.body = R"({"status":"error","category":"VALIDATION_ERROR","message":"No such option"})";
  return answer;
}

TEST_F(PipelineTest, EveryRecordOfEveryBatchGetsItsOutcome) {
  add_batches(5, 3);
  start();
  run();
  EXPECT_TRUE(has_ended_);
  EXPECT_EQ(message(), "");
  EXPECT_FALSE(stop_.requested());
  EXPECT_EQ(log_.tally().records, 15U);
  EXPECT_EQ(log_.tally().created, 15U);
  EXPECT_EQ(api_.bodies.size(), 5U);
  EXPECT_EQ(log_.records_open(), 0U);
}

TEST_F(PipelineTest, AnEmptySourceIsARunWithoutRequests) {
  start();
  run();
  EXPECT_TRUE(has_ended_);
  EXPECT_EQ(api_.bodies.size(), 0U);
}

TEST_F(PipelineTest, TakesNoMoreThanAFewBatchesAheadOfTheQuota) {
  settings_.limits.connections = 1;
  limits_.batches_ready = 2;
  api_.latency = 10s;
  add_batches(20, 1);
  start();
  run_until(5s);
  EXPECT_EQ(api_.bodies.size(), 1U);
  EXPECT_EQ(source_.taken, 3U);
  run();
  EXPECT_EQ(log_.tally().created, 20U);
}

TEST_F(PipelineTest, TakesNoMoreThanSoManyBatchesUntilTheirOutcomes) {
  limits_.most_batches = 3;
  api_.latency = 10s;
  add_batches(20, 1);
  start();
  run_until(5s);
  EXPECT_EQ(source_.taken, 3U);
  run();
  EXPECT_EQ(log_.tally().created, 20U);
}

/// One record stuck at the head keeps all behind it open, though they are done.
TEST_F(PipelineTest, TakesNoMoreRecordsThanMayBeOpen) {
  limits_.most_records_open = 10;
  api_.answer = [](const std::string& body) {
    const bool is_stuck = body.find("b1-") != std::string::npos;
    return is_stuck ? Answer(Reach::not_sent, "no way") : test::ScriptedHubSpot::all_created(body);
  };
  settings_.retry.attempts = 1'000;
  settings_.retry.base = 10s;
  add_batches(20, 2);
  start();
  run_until(5s);
  EXPECT_EQ(source_.taken, 5U);
  stop_.request(StopReason::interrupted, "Interrupted");
  run();
  EXPECT_TRUE(has_ended_);
  EXPECT_EQ(log_.tally().created, 8U);
  EXPECT_EQ(log_.tally().pending(), 2U);
}

TEST_F(PipelineTest, TakesNoMoreBytesThanMayBeOpen) {
  add_batches(20, 1);
  limits_.most_bytes_open = 3 * source_.batches.front().bytes();
  api_.latency = 10s;
  start();
  run_until(5s);
  EXPECT_EQ(source_.taken, 3U);
  run();
  EXPECT_EQ(log_.tally().created, 20U);
}

/// Rows for the files of rejects wait for their turn in the order of the source.
TEST_F(PipelineTest, TakesNoMoreRejectsThanMayWaitForTheirTurn) {
  limits_.most_bytes_open = 1'000;
  api_.answer = [](const std::string& body) {
    const bool is_first = body.find("b1-") != std::string::npos;
    return is_first ? Answer(Reach::not_sent, "no way") : invalid_record(body);
  };
  settings_.retry.attempts = 1'000;
  settings_.retry.base = 10s;
  add_batches(200, 1);
  start();
  run_until(5s);
  EXPECT_GT(log_.tally().rejected, 5U);
  EXPECT_LT(log_.tally().rejected, 100U);
  api_.answer = invalid_record;
  run();
  EXPECT_TRUE(has_ended_);
  EXPECT_EQ(log_.tally().rejected, 200U);
}

TEST_F(PipelineTest, ABatchLargerThanAllThatMayBeOpenIsDelivered) {
  limits_.most_bytes_open = 1;
  api_.answer = invalid_record;
  add_batches(5, 2);
  start();
  run();
  EXPECT_TRUE(has_ended_);
  EXPECT_EQ(log_.tally().rejected, 10U);
}

TEST_F(PipelineTest, AStopLetsTheRequestUnderWayFinishAndSendsNoMore) {
  settings_.limits.connections = 1;
  api_.latency = 5s;
  add_batches(10, 2);
  start();
  run_until(1s);
  stop_.request(StopReason::interrupted, "Interrupted");
  run();
  EXPECT_TRUE(has_ended_);
  EXPECT_EQ(message(), "");
  EXPECT_EQ(api_.bodies.size(), 1U);
  EXPECT_EQ(api_.answered, 1U);
  EXPECT_EQ(log_.tally().created, 2U);
  EXPECT_EQ(now(), 5s);
  EXPECT_TRUE(source_.stopped);
  EXPECT_THAT(disk_.text(LogFile::outcomes), HasSubstr("\"created\""));
}

TEST_F(PipelineTest, AStopEndsWhatOutlastsItsGrace) {
  api_.latency = 100s;
  limits_.grace = 30s;
  add_batches(1, 2);
  start();
  run_until(1s);
  stop_.request(StopReason::interrupted, "Interrupted");
  run();
  EXPECT_TRUE(has_ended_);
  EXPECT_EQ(message(), "");
  EXPECT_EQ(api_.answered, 0U);
  EXPECT_EQ(log_.tally().pending(), 2U);
  EXPECT_EQ(now(), 31s);
}

TEST_F(PipelineTest, AStopEndsARunThatWaitsForItsSource) {
  source_.stays_open = true;
  add_batches(1, 1);
  start();
  run();
  EXPECT_FALSE(has_ended_);
  stop_.request(StopReason::interrupted, "Interrupted");
  run();
  EXPECT_TRUE(has_ended_);
  EXPECT_EQ(log_.tally().created, 1U);
}

TEST_F(PipelineTest, AStopEndsAtOnceWhatWaitsToBeTriedAgain) {
  api_.answer = [](const std::string&) { return Answer(Reach::not_sent, "no way"); };
  settings_.retry.base = 60s;
  add_batches(1, 2);
  start();
  run_until(1s);
  ASSERT_EQ(api_.answered, 1U);
  stop_.request(StopReason::interrupted, "Interrupted");
  run();
  EXPECT_TRUE(has_ended_);
  EXPECT_EQ(now(), 1s);
  EXPECT_EQ(api_.bodies.size(), 1U);
}

TEST_F(PipelineTest, AFailureOfTheSourceCancelsWhatIsUnderWayAndComesOut) {
  api_.latency = 10s;
  source_.fails_at_end = true;
  add_batches(2, 1);
  start();
  run();
  EXPECT_TRUE(has_ended_);
  EXPECT_EQ(message(), "the input has gone");
  EXPECT_EQ(api_.answered, 0U);
}

TEST_F(PipelineTest, TheRunStopsAtMaxErrors) {
  settings_.limits.connections = 1;
  limits_.max_errors = MaxErrors::records(2);
  api_.answer = invalid_record;
  add_batches(20, 1);
  start();
  run();
  EXPECT_TRUE(has_ended_);
  EXPECT_EQ(stop_.reason(), StopReason::max_errors);
  EXPECT_THAT(stop_.text(), HasSubstr("--max-errors"));
  EXPECT_GE(log_.tally().rejected, 2U);
  EXPECT_LE(log_.tally().rejected, 3U);
}

TEST_F(PipelineTest, FewerErrorsThanMaxErrorsStopNothing) {
  limits_.max_errors = MaxErrors::records(3);
  api_.answer = invalid_record;
  add_batches(2, 1);
  start();
  run();
  EXPECT_TRUE(has_ended_);
  EXPECT_EQ(stop_.reason(), StopReason::none);
  EXPECT_EQ(log_.tally().rejected, 2U);
}

TEST_F(PipelineTest, AStopThatComesWithTheLastAnswersFindsTheSourceAtItsEnd) {
  api_.latency = 10s;
  add_batches(2, 1);
  start();
  run_until(5s);
  stop_.request(StopReason::interrupted, "Interrupted");
  run();
  EXPECT_TRUE(has_ended_);
  EXPECT_EQ(log_.tally().pending(), 0U);
  EXPECT_TRUE(delivery_->source_ended);
}

TEST_F(PipelineTest, AStopWhileTheSourceIsSilentIsNotItsEnd) {
  source_.stays_open = true;
  add_batches(2, 1);
  start();
  run_until(5s);
  EXPECT_EQ(log_.tally().pending(), 0U);
  stop_.request(StopReason::interrupted, "Interrupted");
  run();
  EXPECT_TRUE(has_ended_);
  EXPECT_FALSE(delivery_->source_ended);
}

TEST_F(PipelineTest, TheRunStopsAtItsDeadline) {
  settings_.limits.connections = 1;
  api_.latency = 4s;
  add_batches(20, 1);
  start();
  asio::co_spawn(context_, stop_at(time_.now() + 10s, *delivery_), [](std::exception_ptr) {});
  run();
  EXPECT_TRUE(has_ended_);
  EXPECT_EQ(stop_.reason(), StopReason::deadline);
  EXPECT_EQ(api_.bodies.size(), 3U);
  EXPECT_EQ(log_.tally().created, 3U);
  EXPECT_EQ(now(), 12s);
}

TEST_F(PipelineTest, AFailureOfTheLogCancelsTheOthersAndComesOut) {
  api_.latency = 10s;
  disk_.fails_from = 3;
  add_batches(5, 1);
  start();
  run();
  EXPECT_TRUE(has_ended_);
  EXPECT_EQ(message(), "the disk is full");
  EXPECT_EQ(stop_.reason(), StopReason::disk);
  EXPECT_EQ(api_.answered, 0U);
  EXPECT_EQ(now(), 0s);
}

TEST_F(PipelineTest, AFailureOfTheLogComesOutThoughTheSourceIsSilent) {
  source_.stays_open = true;
  disk_.fails_from = 2;
  add_batches(1, 1);
  start();
  run();
  EXPECT_TRUE(has_ended_);
  EXPECT_EQ(message(), "the disk is full");
}

TEST_F(PipelineTest, AFailureOfTheLogComesOutThoughNoMoreRecordsMayBeOpen) {
  limits_.most_records_open = 1;
  disk_.fails_from = 2;
  add_batches(3, 1);
  start();
  run();
  EXPECT_TRUE(has_ended_);
  EXPECT_EQ(message(), "the disk is full");
}

TEST_F(PipelineTest, UpsertsOfOneKeyAreSentInTheOrderOfTheSource) {
  settings_.mapping.write = WriteMode::upsert;
  api_.latency = 1s;
  source_.batches.push_back(test::batch_of(1, 1, {"a", "b"}));
  source_.batches.push_back(test::batch_of(2, 3, {"b", "c"}));
  source_.batches.push_back(test::batch_of(3, 5, {"d"}));
  start();
  run_until(500ms);
  ASSERT_EQ(api_.bodies.size(), 2U);
  EXPECT_THAT(api_.bodies[1], HasSubstr("\"d\""));
  run();
  ASSERT_EQ(api_.bodies.size(), 3U);
  EXPECT_THAT(api_.bodies[2], HasSubstr("\"c\""));
  EXPECT_EQ(log_.tally().updated, 5U);
}

/// Upserts whose first request is cut; it may be at work at HubSpot until the request's timeout.
class UpsertInDoubtTest : public PipelineTest {
 protected:
  UpsertInDoubtTest() {
    settings_.mapping.write = WriteMode::upsert;
    settings_.retry.request_timeout = 110s;
    api_.answer = [this](const std::string& body) {
      sent_at_.push_back(now() - api_.latency);
      return sent_at_.size() == 1 ? Answer(Reach::sent_unanswered, "no answer in time")
                                  : test::ScriptedHubSpot::all_created(body);
    };
  }

  std::vector<SteadyDuration> sent_at_;
};

TEST_F(UpsertInDoubtTest, ALaterBatchOfTheKeyWaitsUntilTheCutRequestIsOver) {
  source_.batches.push_back(test::batch_of(1, 1, {"a", "b"}));
  source_.batches.push_back(test::batch_of(2, 3, {"b", "c"}));
  source_.batches.push_back(test::batch_of(3, 5, {"c"}));
  start();
  run();
  EXPECT_TRUE(has_ended_);
  ASSERT_EQ(sent_at_.size(), 4U);
  EXPECT_LT(sent_at_[1], 5s);
  EXPECT_GE(sent_at_[2], 110s);
  EXPECT_THAT(api_.bodies[2], HasSubstr("\"b\""));
  EXPECT_LT(sent_at_[3], 111s);
  EXPECT_EQ(log_.tally().updated, 5U);
}

TEST_F(UpsertInDoubtTest, ALaterRowOfTheBatchWaitsUntilTheCutRequestIsOver) {
  source_.batches.push_back(test::batch_of(1, 1, {"a", "b", "b"}));
  start();
  run();
  ASSERT_EQ(sent_at_.size(), 3U);
  EXPECT_LT(sent_at_[1], 5s);
  EXPECT_GE(sent_at_[2], 110s);
  EXPECT_LT(sent_at_[2], 111s);
}

TEST_F(UpsertInDoubtTest, NobodyWaitsForAKeyThatDoesNotComeAgain) {
  add_batches(20, 3);
  start();
  run();
  EXPECT_TRUE(has_ended_);
  EXPECT_EQ(log_.tally().updated, 60U);
  EXPECT_LT(now(), 10s);
}

TEST_F(UpsertInDoubtTest, WhatWaitsForAKeyHoldsUpNobodyElse) {
  limits_.batches_ready = 1;
  for (std::uint64_t number = 1; number <= 4; ++number)
    source_.batches.push_back(test::batch_of(number, number, {"a"}));
  source_.batches.push_back(test::batch_of(5, 5, {"b"}));
  start();
  run_until(10s);
  EXPECT_THAT(api_.bodies, Contains(HasSubstr("\"b\"")));
  run();
  EXPECT_EQ(log_.tally().updated, 5U);
}

TEST_F(UpsertInDoubtTest, AStopEndsTheWaitForAKey) {
  source_.batches.push_back(test::batch_of(1, 1, {"a"}));
  source_.batches.push_back(test::batch_of(2, 2, {"a"}));
  start();
  run_until(20s);
  ASSERT_EQ(sent_at_.size(), 2U);
  stop_.request(StopReason::interrupted, "SIGINT");
  run_until(20s + 1ms);
  EXPECT_TRUE(has_ended_);
  EXPECT_EQ(sent_at_.size(), 2U);
  EXPECT_EQ(log_.tally().updated, 1U);
}

/// Of an earlier process, whose rows are settled: which keys it wrote is not known any more.
TEST_F(UpsertInDoubtTest, NothingIsSentWhileARequestOfSettledRowsMayBeAtWork) {
  earlier_cut_send_ = time_.wall_now() - 30s;
  add_batches(2, 3);
  start();
  run();
  EXPECT_THAT(sent_at_, Each(Ge(80s)));
  EXPECT_THAT(sent_at_, Contains(Lt(81s)));
  EXPECT_EQ(log_.tally().updated, 6U);
}

TEST_F(PipelineTest, CreatesOfAResumedRunWaitForNothing) {
  earlier_cut_send_ = time_.wall_now();
  add_batches(2, 3);
  start();
  run();
  EXPECT_LT(now(), 10s);
  EXPECT_EQ(log_.tally().created, 6U);
}

TEST_F(UpsertInDoubtTest, ALaterRowWaitsForWhatAnEarlierProcessSent) {
  api_.answer = [this](const std::string& body) {
    sent_at_.push_back(now() - api_.latency);
    return test::ScriptedHubSpot::all_created(body);
  };
  RecordInDoubt sent_before{SendTime(time_.wall_now() - 30s), 1};
  sent_before.sent.last.by_earlier_process = true;
  BatchEntry entry = test::entry_of(1, "a", R"({"properties":{"pay_key":"a"}})");
  entry.in_doubt = &sent_before;
  Batch first{BatchNumber(1)};
  first.set_first(RecordNumber(1), entry.position);
  first.add(entry);
  source_.batches.push_back(std::move(first));
  source_.batches.push_back(test::batch_of(2, 2, {"a"}));
  start();
  run();
  ASSERT_EQ(sent_at_.size(), 2U);
  EXPECT_LT(sent_at_[0], 1s);
  EXPECT_GE(sent_at_[1], 80s);
  EXPECT_LT(sent_at_[1], 81s);
}

}  // namespace
}  // namespace payferry
