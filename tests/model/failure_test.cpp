#include "model/failure.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "recorded_bodies.hpp"

namespace payferry {
namespace {

using testing::HasSubstr;
using testing::Not;

Failure fail(int status, std::string_view body) {
  Answer answer;
  answer.reach = Reach::answered;
  answer.status = status;
  return classify_failure(answer, decode_batch_answer(body, {}));
}

Failure unanswered(Reach reach, FailureKind kind) {
  return classify_failure(Answer(reach, "what broke", kind), BatchAnswer());
}

struct Case {
  int status;
  std::string_view body;
  Reaction reaction;
  FateKind fate;
};

TEST(ClassifyFailure, DecidesByStatusAndBody) {
  using enum Reaction;
  const Case cases[] = {
      {301, "", stop, FateKind::not_done},
      {307, recorded::kGatewayPage, stop, FateKind::not_done},
      {400, recorded::kRequiredMissing, isolate, FateKind::not_done},
      {400, recorded::kUnknownObjectType, stop, FateKind::not_done},
      {400, recorded::kNonUniqueIdProperty, stop, FateKind::not_done},
      {400, recorded::kInvalidGrant, stop, FateKind::not_done},
      {400, recorded::kGatewayPage, retry, FateKind::in_doubt},
      {400, "", retry, FateKind::in_doubt},
      {401, recorded::kExpiredToken, refresh, FateKind::not_done},
      {401, recorded::kMalformedToken, stop, FateKind::not_done},
      {401, recorded::kUnknownToken, stop, FateKind::not_done},
      {401, "", stop, FateKind::not_done},
      {403, recorded::kMissingScopes, stop, FateKind::not_done},
      {403, recorded::kGatewayPage, stop, FateKind::not_done},
      {404, recorded::kGatewayPage, stop, FateKind::not_done},
      {405, "", stop, FateKind::not_done},
      {407, "", stop, FateKind::not_done},
      {408, "", retry, FateKind::in_doubt},
      {409, recorded::kContactExists, isolate, FateKind::not_done},
      {413, recorded::kGatewayPage, isolate, FateKind::not_done},
      {418, "", retry, FateKind::in_doubt},
      {423, "", locked, FateKind::not_done},
      {429, "", throttled, FateKind::not_done},
      {477, "", moving, FateKind::not_done},
      {500, recorded::kGatewayPage, retry, FateKind::in_doubt},
      {503, recorded::kGatewayPage, retry, FateKind::in_doubt},
      {524, recorded::kGatewayPage, retry, FateKind::in_doubt},
      {525, "", retry, FateKind::not_done},
      {526, "", retry, FateKind::not_done},
      {600, "", retry, FateKind::in_doubt},
      {0, "", retry, FateKind::in_doubt},
  };
  for (const Case& test : cases) {
    const Failure failure = fail(test.status, test.body);
    EXPECT_EQ(failure.reaction, test.reaction) << test.status << test.body;
    EXPECT_EQ(failure.fate, test.fate) << test.status << test.body;
    EXPECT_EQ(failure.stop_text.empty(), test.reaction != stop && test.reaction != refresh);
    EXPECT_FALSE(failure.whole.message.empty()) << test.status;
  }
}

TEST(ClassifyFailure, TellsThePolicyThatThrottles) {
  EXPECT_EQ(fail(429, recorded::kDailyLimit).throttle, ThrottlePolicy::daily);
  EXPECT_EQ(fail(429, recorded::kBurstLimit).throttle, ThrottlePolicy::window);
  EXPECT_EQ(fail(429, recorded::kSecondlyLimit).throttle, ThrottlePolicy::secondly);
  EXPECT_EQ(fail(429, recorded::kGatewayPage).throttle, ThrottlePolicy::window);
  EXPECT_EQ(fail(429, "").throttle, ThrottlePolicy::window);
}

TEST(ClassifyFailure, TellsThePolicyByTheMessageWhereItIsNotNamed) {
  const auto policy = [](std::string_view limit) {
    return fail(429, R"({"status":"error","message":"You have reached your )" + std::string(limit) +
                         R"( limit.","category":"RATE_LIMITS"})")
        .throttle;
  };
  EXPECT_EQ(policy("daily"), ThrottlePolicy::daily);
  EXPECT_EQ(policy("secondly"), ThrottlePolicy::secondly);
  EXPECT_EQ(policy("ten_secondly_rolling"), ThrottlePolicy::window);
  EXPECT_EQ(policy("some other"), ThrottlePolicy::window);
}

TEST(ClassifyFailure, HandsOnHowLongToWait) {
  EXPECT_EQ(fail(429, recorded::kCloudflare).retry_after, std::chrono::seconds(30));
  EXPECT_FALSE(fail(429, recorded::kBurstLimit).retry_after);
  Answer answer;
  answer.reach = Reach::answered;
  answer.status = 477;
  answer.retry_after = std::chrono::hours(2);
  EXPECT_EQ(classify_failure(answer, BatchAnswer()).retry_after, std::chrono::hours(2));
}

TEST(ClassifyFailure, NamesTheScopesThatAreMissing) {
  const Failure failure = fail(403, recorded::kMissingScopes);
  EXPECT_EQ(failure.stop_kind, StopKind::scope_missing);
  EXPECT_THAT(failure.stop_text, HasSubstr("crm.objects.deals.read"));
}

TEST(ClassifyFailure, TellsAGatewaysRefusalFromHubSpots) {
  EXPECT_EQ(fail(403, recorded::kGatewayPage).stop_kind, StopKind::unusable);
  EXPECT_EQ(fail(403, R"({"message":"no","category":"FORBIDDEN"})").stop_kind,
            StopKind::scope_missing);
}

TEST(ClassifyFailure, TellsAMalformedTokenFromAnExpiredOne) {
  EXPECT_THAT(fail(401, recorded::kMalformedToken).stop_text, HasSubstr("malformed"));
  EXPECT_EQ(fail(401, recorded::kMalformedToken).stop_kind, StopKind::token_refused);
  EXPECT_THAT(fail(401, recorded::kExpiredToken).stop_text, Not(HasSubstr("malformed")));
  const Failure by_words = fail(
      401,
      R"({"message":"The OAuth token used to make this call expired 20336 day(s) ago.","category":"EXPIRED_AUTHENTICATION"})");
  EXPECT_EQ(by_words.reaction, Reaction::stop);
  const Failure old = fail(
      401,
      R"({"message":"The OAuth token used to make this call expired 40 day(s) ago.","category":"EXPIRED_AUTHENTICATION"})");
  EXPECT_EQ(old.reaction, Reaction::refresh);
}

TEST(ClassifyFailure, SaysWhatIsWrongAndWhatToDo) {
  EXPECT_EQ(fail(400, recorded::kUnknownObjectType).stop_text,
            "HubSpot knows no such object type: Unable to infer object type from: butterflies. Set "
            "[hubspot] object to one that the account has.");
  EXPECT_THAT(fail(302, "").stop_text, HasSubstr("base_url"));
  EXPECT_THAT(fail(404, "").stop_text, HasSubstr("There is no such endpoint (404). Check"));
}

TEST(ClassifyFailure, KeepsTheCorrelationIdOfTheBodyWhereTheHeaderHasNone) {
  EXPECT_EQ(fail(400, recorded::kRequiredMissing).whole.correlation_id,
            "8a3f6c3a-8296-4002-b0a6-2a06fecf7c0c");
}

TEST(ClassifyFailure, AnUnansweredRequestIsAsDoubtfulAsItsReach) {
  const Failure not_sent = unanswered(Reach::not_sent, FailureKind::timeout);
  EXPECT_EQ(not_sent.reaction, Reaction::retry);
  EXPECT_EQ(not_sent.fate, FateKind::not_done);
  EXPECT_EQ(not_sent.whole.message, "what broke");
  EXPECT_EQ(unanswered(Reach::sent_unanswered, FailureKind::closed).fate, FateKind::in_doubt);
}

TEST(ClassifyFailure, TroubleThatWaitingDoesNotMendStopsTheRun) {
  const Failure untrusted = unanswered(Reach::not_sent, FailureKind::tls_untrusted);
  EXPECT_EQ(untrusted.reaction, Reaction::stop);
  EXPECT_EQ(untrusted.stop_kind, StopKind::unusable);
  EXPECT_EQ(untrusted.stop_text, "what broke");
  const Failure unauthorized = unanswered(Reach::not_sent, FailureKind::unauthorized);
  EXPECT_EQ(unauthorized.stop_kind, StopKind::token_refused);
  EXPECT_EQ(unauthorized.fate, FateKind::not_done);
}

TEST(ClassifyFailure, OnlyAnAnswerBelow300IsASuccess) {
  Answer answer;
  answer.reach = Reach::answered;
  for (const int status : {200, 201, 204, 207, 299}) {
    answer.status = status;
    EXPECT_TRUE(is_success(answer)) << status;
  }
  for (const int status : {0, 100, 199, 300, 400, 500}) {
    answer.status = status;
    EXPECT_FALSE(is_success(answer)) << status;
  }
  answer.status = 200;
  answer.reach = Reach::sent_unanswered;
  EXPECT_FALSE(is_success(answer));
}

}  // namespace
}  // namespace payferry
