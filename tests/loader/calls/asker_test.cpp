#include "loader/calls/asker.hpp"

#include <gmock/gmock.h>

#include "loader/calls/calls_fixture.hpp"
#include "net/nursery.hpp"

namespace payferry::test {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::SizeIs;

class AskerTest : public CallsFixture {
 protected:
  Asker& asker() {
    CallContext& around = calls();
    if (!asker_) {
      asker_.emplace(settings_, api_, around.admission, time_, clock_, stop_, random_);
    }
    return *asker_;
  }
  asio::awaitable<void> ask_it() {
    const ApiCall call(Endpoint::properties, "");
    std::optional<Answer> answer = co_await asker().ask(call);
    if (answer) body_ = answer->body;
  }
  asio::awaitable<void> ask_it_once() {
    const ApiCall call(Endpoint::account_details, "");
    std::optional<Answer> answer = co_await asker().ask_once(call);
    if (answer) body_ = answer->body;
  }
  void answer(int status, std::string body) {
    api_.answers.push_back(AnsweringHubSpot::success(std::move(body), status));
  }

  HubSpotClock clock_;
  std::optional<Asker> asker_;
  std::optional<std::string> body_;
};

TEST_F(AskerTest, AsksAgainUntilAnAnswerIsWorthReading) {
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

TEST_F(AskerTest, WaitsLongerBeforeEachTry) {
  settings_.retry.base = 1s;
  for (int failure = 0; failure < 6; ++failure) answer(502, "<html>");
  start(ask_it());
  run();
  EXPECT_TRUE(body_);
  EXPECT_GT(now(), 2s);
}

TEST_F(AskerTest, GivesUpAfterSoManyFailuresAndSaysSo) {
  settings_.retry.attempts = 3;
  for (int failure = 0; failure < 5; ++failure) answer(502, "<html>");
  start(ask_it());
  run();
  EXPECT_FALSE(body_);
  EXPECT_THAT(api_.bodies, SizeIs(3));
  EXPECT_EQ(stop_.reason(), StopReason::outage);
  EXPECT_EQ(stop_.text(), "HubSpot cannot be reached: it answered with status 502");
}

/// Nobody waits for minutes to be told that a port is wrong: the circuit's probes are for work that
/// has begun.
TEST_F(AskerTest, GivesUpWithinAMinuteWhereNothingListens) {
  for (int failure = 0; failure < 20; ++failure) {
    Answer answer;
    answer.reach = Reach::not_sent;
    answer.failure_kind = FailureKind::refused_or_unreachable;
    answer.failure = "no connection to localhost:1 (Connection refused)";
    api_.answers.push_back(answer);
  }
  start(ask_it());
  run();
  EXPECT_FALSE(body_);
  EXPECT_THAT(api_.bodies, SizeIs(settings_.retry.attempts));
  EXPECT_EQ(stop_.text(),
            "HubSpot cannot be reached: no connection to localhost:1 (Connection refused)");
  EXPECT_LT(now(), 1min);
}

TEST_F(AskerTest, WhatIsInterruptedWhileItWaitsEndsAtOnce) {
  answer(477, "{}");
  Nursery asking(context_.get_executor());
  asking.start(ask_it());
  run_until(1s);
  asking.interrupt();
  start(asking.join());
  run_until(2s);
  EXPECT_TRUE(has_ended_);
  EXPECT_FALSE(body_);
}

TEST_F(AskerTest, ARefusedTokenStopsTheCommand) {
  answer(401, R"({"category":"INVALID_AUTHENTICATION","message":"no"})");
  start(ask_it());
  run();
  EXPECT_EQ(stop_.reason(), StopReason::token_refused);
  EXPECT_THAT(api_.bodies, SizeIs(1));
}

TEST_F(AskerTest, AnExpiredTokenIsRenewedForOAuth) {
  settings_.hubspot.oauth.emplace();
  const std::string expired =
      R"({"category":"EXPIRED_AUTHENTICATION","message":"expired 75 second(s) ago"})";
  answer(401, expired);
  answer(401, expired);
  start(ask_it());
  run();
  EXPECT_TRUE(body_);
  EXPECT_FALSE(stop_.requested());
}

TEST_F(AskerTest, WithoutATokenTheCommandStops) {
  settings_.hubspot.oauth.emplace();
  api_.answers.emplace_back(Reach::not_sent, "HubSpot refused 5 OAuth tokens in a row",
                            FailureKind::unauthorized);
  start(ask_it());
  run();
  EXPECT_EQ(stop_.reason(), StopReason::token_refused);
  EXPECT_EQ(stop_.text(), "HubSpot refused 5 OAuth tokens in a row");
}

TEST_F(AskerTest, AMissingScopeStopsTheCommand) {
  answer(403, R"({"category":"MISSING_SCOPES","message":"scopes"})");
  start(ask_it());
  run();
  EXPECT_EQ(stop_.reason(), StopReason::scope_missing);
}

TEST_F(AskerTest, ARefusedQuestionStopsTheCommand) {
  answer(400, R"({"category":"VALIDATION_ERROR","message":"what?"})");
  start(ask_it());
  run();
  EXPECT_EQ(stop_.reason(), StopReason::unusable);
  EXPECT_THAT(stop_.text(), HasSubstr("what?"));
}

TEST_F(AskerTest, AnAccountThatMovesIsWaitedFor) {
  Answer moving = AnsweringHubSpot::success("{}", 477);
  moving.retry_after = 300s;
  api_.answers.push_back(moving);
  start(ask_it());
  run();
  EXPECT_TRUE(body_);
  EXPECT_GE(now(), 300s);
}

TEST_F(AskerTest, ALockIsGivenItsTwoSeconds) {
  answer(423, R"({"message":"locked"})");
  start(ask_it());
  run();
  EXPECT_TRUE(body_);
  EXPECT_GE(now(), 2s);
}

TEST_F(AskerTest, WhatCanBeDoneWithoutIsAskedOnce) {
  answer(502, "<html>");
  start(ask_it_once());
  run();
  EXPECT_FALSE(body_);
  EXPECT_FALSE(stop_.requested());
  EXPECT_THAT(api_.bodies, SizeIs(1));
}

TEST_F(AskerTest, TheDaysQuotaIsAReasonToStop) {
  answer(429, R"({"policyName":"DAILY","message":"You have reached your daily limit."})");
  start(ask_it());
  run();
  EXPECT_FALSE(body_);
  EXPECT_EQ(stop_.reason(), StopReason::daily_quota);
}

}  // namespace
}  // namespace payferry::test
