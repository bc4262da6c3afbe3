#include "loader/commands/event_log.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <spdlog/sinks/ostream_sink.h>

#include <sstream>

namespace payferry {
namespace {

using testing::HasSubstr;
using testing::Not;
using namespace std::chrono_literals;

class EventLogTest : public testing::Test {
 protected:
  EventLogTest() {
    logger_->set_pattern("%l %v");
    logger_->set_level(spdlog::level::info);
  }

  RequestEnd request() {
    RequestEnd end{BatchNumber(12), 1, 100, answer_, verdict_};
    return end;
  }
  std::string text() const { return out_.str(); }

  std::ostringstream out_;
  std::shared_ptr<spdlog::logger> logger_ = std::make_shared<spdlog::logger>(
      "test", std::make_shared<spdlog::sinks::ostream_sink_mt>(out_));
  EventLog log_{logger_};
  Answer answer_ = [] {
    Answer answer;
    answer.reach = Reach::answered;
    answer.status = 201;
    answer.correlation_id = "c0-ffee";
    answer.received_at = answer.sent_at + 93ms;
    return answer;
  }();
  WholeVerdict verdict_;
};

TEST_F(EventLogTest, WhatGoesWellIsSaidAtDebugOnly) {
  log_.sending(BatchNumber(12), 1, 100);
  log_.ended(request());
  EXPECT_EQ(text(), "");
  logger_->set_level(spdlog::level::debug);
  log_.ended(request());
  EXPECT_EQ(text(),
            "debug batch 12 attempt 1 of 100 records: done; HTTP 201 in 93 ms, correlation id "
            "c0-ffee\n");
}

TEST_F(EventLogTest, AServerFaultNamesBatchAndDoubt) {
  RequestEnd end = request();
  end.records = 1;
  answer_.status = 502;
  end.attempt = 3;
  verdict_.reaction = Reaction::retry;
  end.in_doubt = 1;
  log_.ended(end);
  EXPECT_EQ(text(),
            "warning batch 12 attempt 3 of 1 record: server fault; HTTP 502 in 93 ms, "
            "correlation id c0-ffee, in doubt 1\n");
}

TEST_F(EventLogTest, AWaitIsToldWithItsReason) {
  log_.held(27'717ms);
  log_.waits(BatchNumber(12), 1850ms, WaitReason::retry);
  log_.waits(BatchNumber(13), 109'900ms, WaitReason::same_keys);
  EXPECT_EQ(text(),
            "info nothing is sent for 27717 ms: until then a request of an earlier process, of "
            "which no answer came, may write earlier rows of the same keys\n"
            "info batch 12 waits 1850 ms before it tries again\n"
            "info batch 13 waits 109900 ms before it is sent: until then a request of which no "
            "answer came may write rows with the same keys\n");
}

TEST_F(EventLogTest, ALookUpSaysWhatItFound) {
  RequestEnd end = request();
  answer_.status = 207;
  end.attempt = 0;
  end.found = 37;
  end.missing = 63;
  log_.ended(end);
  EXPECT_THAT(text(), HasSubstr("info batch 12 look-up of 100 records: done;"));
  EXPECT_THAT(text(), HasSubstr("found 37, missing 63\n"));
}

TEST_F(EventLogTest, WhatHubSpotSaysIsWrittenAtDebugOnly) {
  RequestEnd end = request();
  answer_.status = 400;
  verdict_.reaction = Reaction::isolate;
  verdict_.whole.category = "VALIDATION_ERROR";
  verdict_.whole.message = "4111 1111 is not\na number";
  log_.ended(end);
  EXPECT_THAT(text(), HasSubstr("VALIDATION_ERROR"));
  EXPECT_THAT(text(), Not(HasSubstr("4111")));
  logger_->set_level(spdlog::level::debug);
  log_.ended(end);
  EXPECT_THAT(text(), HasSubstr("4111 1111 is not a number\n"));
}

TEST_F(EventLogTest, AnOutageHasABeginningAndAnEnd) {
  RequestEnd end = request();
  end.probe = true;
  verdict_.reaction = Reaction::retry;
  answer_.status = 503;
  log_.ended(end);
  log_.ended(end);
  answer_.status = 201;
  verdict_.reaction = Reaction::none;
  log_.ended(request());
  const std::string all = text();
  const auto begin = all.find("outage: HubSpot fails");
  EXPECT_NE(begin, std::string::npos);
  EXPECT_EQ(all.find("outage: HubSpot fails", begin + 1), std::string::npos);
  EXPECT_THAT(all, HasSubstr("info outage over: HubSpot answers again\n"));
}

TEST_F(EventLogTest, ARunHasItsBeginningRecoveryAndEnd) {
  log_.run_begins("r1", 2, false);
  ResumeState state;
  state.start.next = RecordNumber(901);
  state.in_doubt[RecordNumber(905)] = {};
  log_.recovered(state);
  Summary summary;
  summary.exit_code = 3;
  summary.counters.requests = 1;
  summary.tally.lacking_association = 1;
  log_.run_left(summary);
  EXPECT_THAT(text(), HasSubstr("goes on with run r1, 2 inputs\n"));
  EXPECT_THAT(text(), HasSubstr("reads on from record 901, 0 settled behind it, 1 in doubt\n"));
  EXPECT_THAT(text(), HasSubstr("end: not complete, exit code 3, 0 records,"));
  EXPECT_THAT(text(), HasSubstr(", 1 request, 0 retries,"));
  EXPECT_THAT(text(), HasSubstr("1 record is loaded without an association"));
}

TEST_F(EventLogTest, AFreshRunRecoversNothing) {
  ResumeState state;
  state.start.next = RecordNumber(1);
  log_.recovered(state);
  EXPECT_EQ(text(), "");
}

TEST_F(EventLogTest, AnUndoHasItsBeginningAndItsEnd) {
  UndoEnd end;
  end.created.created = 350;
  log_.undo_begins("r1", end);
  EXPECT_THAT(text(), HasSubstr("undoes run r1: 350 created, 0 dealt with before, 0 in doubt\n"));
  end.counts.archived = 349;
  end.counts.refused = 1;
  log_.undo_left(end, 1);
  EXPECT_THAT(text(), HasSubstr("warning undo end: not all archived, exit code 1, 350 created, 349 "
                                "archived, 1 refused, 0 without id, 0 unknown, 0 in doubt\n"));
}

TEST_F(EventLogTest, AnUndoThatWasStoppedIsToldAsSuch) {
  UndoEnd end;
  end.created.created = 350;
  end.counts.archived = 350;
  end.stopped = "Stopped by SIGINT";
  log_.undo_left(end, 3);
  EXPECT_THAT(text(), HasSubstr("warning undo end: stopped, exit code 3, 350 created, 350 "
                                "archived,"));
}

}  // namespace
}  // namespace payferry
