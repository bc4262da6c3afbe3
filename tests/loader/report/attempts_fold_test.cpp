#include "loader/report/attempts_fold.hpp"

#include <gtest/gtest.h>

#include "loader/report/sample_run.hpp"

namespace payferry {
namespace {

using test::SampleRun;
using test::second;
using namespace std::chrono_literals;

TEST(AttemptsFold, CountsRequestsAnswersAndFailures) {
  SampleRun run;
  fill(run);
  run.send(3, 9, 12, 429, second(10));
  run.checkpoint(9);
  run.write();
  Activity activity(100);
  AttemptsFold fold(activity);
  fold.read(run.file("attempts.ndjson"));
  EXPECT_EQ(fold.counters().requests, 7U) << "as the checkpoint says";
  EXPECT_EQ(fold.answers().at(201), 1U);
  EXPECT_EQ(fold.failures().at("the connection broke after some bytes"), 1U);
  EXPECT_EQ(fold.last_record(), RecordNumber(12));
  EXPECT_EQ(fold.checkpoint().next, RecordNumber(9));
  EXPECT_EQ(activity.at(second(1)).requests, 1U);
  EXPECT_EQ(activity.at(second(6)).faults, 1U);
  EXPECT_EQ(activity.at(second(12)).throttled, 1U);
}

TEST(AttemptsFold, ALatencyIsFromTheIntentToAnAnswer) {
  SampleRun run;
  fill(run);
  run.write();
  Activity activity(100);
  AttemptsFold fold(activity);
  fold.read(run.file("attempts.ndjson"));
  EXPECT_EQ(fold.latency().count(), 2U);  // the one without an answer has none
  EXPECT_EQ(fold.latency().longest(), 2s);
}

TEST(AttemptsFold, AnAnswerWithoutAnIntentHasNoLatency) {
  Activity activity(100);
  AttemptsFold fold(activity);
  std::string text;
  AnswerLine answer;
  answer.http = 201;
  append_line(text, answer);
  text.pop_back();
  fold.take(text);
  EXPECT_EQ(fold.latency().count(), 0U);
  EXPECT_EQ(fold.answers().at(201), 1U);
}

TEST(AttemptsFold, EndlesslyManyFailuresStayBounded) {
  Activity activity(100);
  AttemptsFold fold(activity);
  for (int i = 0; i < 500; ++i) {
    std::string text;
    AnswerLine answer;
    answer.failure = "broke in way " + std::to_string(i);
    append_line(text, answer);
    text.pop_back();
    fold.take(text);
  }
  EXPECT_EQ(fold.failures().size(), 21U);
  EXPECT_EQ(fold.failures().at("other"), 480U);
}

TEST(AttemptsFold, LinesThatAreNoneAreCounted) {
  Activity activity(100);
  AttemptsFold fold(activity);
  fold.take("{");
  EXPECT_EQ(fold.unreadable(), 1U);
}

}  // namespace
}  // namespace payferry
