#include "loader/calls/ask.hpp"

#include <gmock/gmock.h>

#include "loader/calls/calls_fixture.hpp"

namespace payferry::test {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::SizeIs;

class AskTest : public CallsFixture {
 protected:
  asio::awaitable<void> ask_it() {
    const ApiCall call(Endpoint::properties, "");
    std::optional<Answer> answer = co_await ask(calls(), call);
    if (answer) body_ = answer->body;
  }
  asio::awaitable<void> ask_it_once() {
    const ApiCall call(Endpoint::account_details, "");
    std::optional<Answer> answer = co_await ask_once(calls(), call);
    if (answer) body_ = answer->body;
  }
  void answer(int status, std::string body) {
    api_.answers.push_back(AnsweringHubSpot::success(std::move(body), status));
  }

  std::optional<std::string> body_;
};

TEST_F(AskTest, AsksAgainUntilAnAnswerIsWorthReading) {
  answer(502, "<html>");
  answer(429, R"({"policyName":"SECONDLY","message":"too fast"})");
  answer(200, "yes");
  start(ask_it());
  run();
  EXPECT_TRUE(has_ended_);
  EXPECT_EQ(body_, "yes");
  EXPECT_FALSE(stop_.requested());
  EXPECT_THAT(api_.bodies, SizeIs(3));
}

TEST_F(AskTest, WaitsLongerBeforeEachTry) {
  settings_.retry.base = 1s;
  for (int failure = 0; failure < 6; ++failure) answer(502, "<html>");
  start(ask_it());
  run();
  EXPECT_TRUE(body_);
  EXPECT_GT(now(), 2s);
}

TEST_F(AskTest, GivesUpAfterSoManyFailuresAndSaysSo) {
  settings_.retry.attempts = 3;
  for (int failure = 0; failure < 5; ++failure) answer(502, "<html>");
  start(ask_it());
  run();
  EXPECT_FALSE(body_);
  EXPECT_THAT(api_.bodies, SizeIs(3));
  EXPECT_EQ(stop_.reason(), StopReason::outage);
  EXPECT_THAT(stop_.text(), HasSubstr("3 times"));
}

TEST_F(AskTest, ARefusedTokenStopsTheCommand) {
  answer(401, R"({"category":"INVALID_AUTHENTICATION","message":"no"})");
  start(ask_it());
  run();
  EXPECT_EQ(stop_.reason(), StopReason::token_refused);
  EXPECT_THAT(api_.bodies, SizeIs(1));
}

TEST_F(AskTest, AnExpiredTokenIsRenewedOnceForOAuth) {
  settings_.hubspot.oauth.emplace();
  const std::string expired =
      R"({"category":"EXPIRED_AUTHENTICATION","message":"expired 75 second(s) ago"})";
  answer(401, expired);
  start(ask_it());
  run();
  EXPECT_TRUE(body_);
  EXPECT_FALSE(stop_.requested());
}

TEST_F(AskTest, ATokenThatStaysExpiredStopsTheCommand) {
  settings_.hubspot.oauth.emplace();
  const std::string expired =
      R"({"category":"EXPIRED_AUTHENTICATION","message":"expired 75 second(s) ago"})";
  answer(401, expired);
  answer(401, expired);
  start(ask_it());
  run();
  EXPECT_EQ(stop_.reason(), StopReason::token_refused);
}

TEST_F(AskTest, AMissingScopeStopsTheCommand) {
  answer(403, R"({"category":"MISSING_SCOPES","message":"scopes"})");
  start(ask_it());
  run();
  EXPECT_EQ(stop_.reason(), StopReason::scope_missing);
}

TEST_F(AskTest, ARefusedQuestionStopsTheCommand) {
  answer(400, R"({"category":"VALIDATION_ERROR","message":"what?"})");
  start(ask_it());
  run();
  EXPECT_EQ(stop_.reason(), StopReason::unusable);
  EXPECT_THAT(stop_.text(), HasSubstr("what?"));
}

TEST_F(AskTest, AnAccountThatMovesIsWaitedFor) {
  Answer moving = AnsweringHubSpot::success("{}", 477);
  moving.retry_after = 300s;
  api_.answers.push_back(moving);
  start(ask_it());
  run();
  EXPECT_TRUE(body_);
  EXPECT_GE(now(), 300s);
}

TEST_F(AskTest, ALockIsGivenItsTwoSeconds) {
  answer(423, R"({"message":"locked"})");
  start(ask_it());
  run();
  EXPECT_TRUE(body_);
  EXPECT_GE(now(), 2s);
}

TEST_F(AskTest, WhatCanBeDoneWithoutIsAskedOnce) {
  answer(502, "<html>");
  start(ask_it_once());
  run();
  EXPECT_FALSE(body_);
  EXPECT_FALSE(stop_.requested());
  EXPECT_THAT(api_.bodies, SizeIs(1));
}

TEST_F(AskTest, TheDaysQuotaIsAReasonToStop) {
  answer(429, R"({"policyName":"DAILY","message":"You have reached your daily limit."})");
  start(ask_it());
  run();
  EXPECT_FALSE(body_);
  EXPECT_EQ(stop_.reason(), StopReason::daily_quota);
}

}  // namespace
}  // namespace payferry::test
