#include "net/hubspot_client.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>

#include "net/static_token.hpp"
#include "support/run_sync.hpp"
#include "support/scripted_transport.hpp"
#include "support/virtual_time.hpp"

namespace payferry {
namespace {

namespace asio = boost::asio;
using testing::ElementsAre;

class CountingListener final : public SendListener {
 public:
  void sent(std::chrono::microseconds) override { ++count; }
  int count = 0;
};

/// Counts what it is told.
class WatchedAuthorization final : public Authorization {
 public:
  asio::awaitable<tl::expected<AuthorizationHeader, AuthorizationFailure>> header() override {
    if (failure) co_return tl::unexpected(*failure);
    co_return AuthorizationHeader(value, issue);
  }
  void invalidate(std::uint64_t number) override { invalidated.push_back(number); }
  std::string value = "Bearer current";
  std::uint64_t issue = 7;
  std::optional<AuthorizationFailure> failure;
  void accepted() override { ++taken; }

  std::vector<std::uint64_t> invalidated;
  int taken = 0;
};

class HubSpotClientTest : public testing::Test {
 protected:
  Answer call(const ApiCall& call, const std::string& prefix = "") {
    client_.emplace(settings_, prefix, transport_, authorization_);
    Answer answer;
    auto on_end = [&answer](std::exception_ptr, Answer value) { answer = std::move(value); };
    asio::co_spawn(context_, client_->call(call, listener_), on_end);
    time_.run();
    return answer;
  }

  asio::io_context context_;
  test::VirtualTime time_{context_};
  test::ScriptedTransport transport_{time_};
  WatchedAuthorization authorization_;
  HubSpotSettings settings_;
  CountingListener listener_;
  std::optional<HubSpotClient> client_;
};

TEST_F(HubSpotClientTest, ACallGoesToItsPathWithBodyAndAuthorization) {
  transport_.answer_with(201, "{}");
  const Answer answer = call(ApiCall(Endpoint::batch_create, "{\"inputs\":[]}"));
  EXPECT_EQ(answer.status, 201);
  EXPECT_THAT(transport_.seen, ElementsAre("POST /crm/v3/objects/commerce_payments/batch/create"));
  EXPECT_THAT(transport_.bodies, ElementsAre("{\"inputs\":[]}"));
  EXPECT_THAT(transport_.authorizations, ElementsAre("Bearer current"));
  EXPECT_EQ(listener_.count, 1);
}

TEST_F(HubSpotClientTest, ACallMayNameAnotherObject) {
  ApiCall read(Endpoint::batch_read, "{}");
  read.object = "contacts";
  call(read);
  ApiCall labels(Endpoint::association_labels, "");
  labels.to_object = "contacts";
  call(labels, "/prefix");
  EXPECT_THAT(transport_.seen,
              ElementsAre("POST /crm/v3/objects/contacts/batch/read",
                          "GET /prefix/crm/v4/associations/commerce_payments/contacts/labels"));
}

TEST_F(HubSpotClientTest, AnExpiredTokenIsInvalidatedAndNoOther401) {
  transport_.answer_with(401, R"({"category":"INVALID_AUTHENTICATION"})");
  call(ApiCall(Endpoint::properties, ""));
  EXPECT_TRUE(authorization_.invalidated.empty());
  transport_.answer_with(401, R"({"category":"EXPIRED_AUTHENTICATION"})");
  call(ApiCall(Endpoint::properties, ""));
  EXPECT_THAT(authorization_.invalidated, ElementsAre(authorization_.issue));
}

// What ends the run is not followed by another try with a new token.
TEST_F(HubSpotClientTest, ATokenThatExpiredDecadesAgoIsNotInvalidated) {
  transport_.answer_with(401, R"({"category":"EXPIRED_AUTHENTICATION",)"
                              R"("message":"The OAuth token expired 20336 day(s) ago."})");
  call(ApiCall(Endpoint::properties, ""));
  EXPECT_TRUE(authorization_.invalidated.empty());
}

TEST_F(HubSpotClientTest, AnAnswerToWhatWasAskedSaysThatTheTokenIsTaken) {
  for (const int status : {200, 207, 400, 409}) {
    authorization_.taken = 0;
    transport_.answer_with(status, "{}");
    call(ApiCall(Endpoint::batch_create, "{}"));
    EXPECT_EQ(authorization_.taken, 1) << status;
  }
}

TEST_F(HubSpotClientTest, AFaultOrALimitSaysNothingOfTheToken) {
  transport_.answer_with(401, R"({"category":"EXPIRED_AUTHENTICATION"})");
  for (const int status : {423, 429, 477, 502}) transport_.answer_with(status, "<html>");
  transport_.answers.emplace_back(Reach::sent_unanswered, "reset", FailureKind::closed);
  for (int i = 0; i < 6; ++i) call(ApiCall(Endpoint::batch_create, "{}"));
  EXPECT_EQ(authorization_.taken, 0);
}

TEST_F(HubSpotClientTest, ATokenThatTheAnswerRepeatsIsMasked) {
  authorization_.value = "Bearer pat-na1-secret";
  transport_.answer_with(403, "No pat-na1-secret, pat-na1-secre, Bearer pat-na1-secret");
  transport_.answers.back().correlation_id = "pat-na1-secret";
  const Answer answer = call(ApiCall(Endpoint::properties, ""));
  EXPECT_EQ(answer.body, "No **************, pat-na1-secre, Bearer **************");
  EXPECT_EQ(answer.correlation_id, "**************");
}

TEST_F(HubSpotClientTest, WithoutATokenNothingIsSent) {
  authorization_.failure.emplace(true, "no token for good");
  const Answer answer = call(ApiCall(Endpoint::properties, ""));
  EXPECT_EQ(answer.reach, Reach::not_sent);
  EXPECT_EQ(answer.failure_kind, FailureKind::unauthorized);
  EXPECT_EQ(answer.failure, "no token for good");
  EXPECT_TRUE(transport_.seen.empty());
  authorization_.failure.emplace(false, "not now");
  authorization_.failure->retry_after = std::chrono::seconds(3);
  EXPECT_EQ(call(ApiCall(Endpoint::properties, "")).retry_after, std::chrono::seconds(3));
}

TEST(StaticTokenTest, TheHeaderIsBearer) {
  asio::io_context context;
  StaticToken token(Secret("pat-na1-x"));
  const auto first = test::run_sync(context, token.header());
  ASSERT_TRUE(first.has_value());
  token.invalidate(first->issue);
  const auto again = test::run_sync(context, token.header());
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(again->value, "Bearer pat-na1-x");
}

}  // namespace
}  // namespace payferry
