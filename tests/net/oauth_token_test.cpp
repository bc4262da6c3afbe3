#include "net/oauth_token.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>

#include "support/scripted_transport.hpp"
#include "support/virtual_time.hpp"

namespace payferry {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using Given = tl::expected<AuthorizationHeader, AuthorizationFailure>;
using Header = tl::expected<std::string, AuthorizationFailure>;

std::string token(const std::string& name, int life = 1800, const std::string& refresh = "") {
  return "{\"access_token\":\"" + name + "\",\"expires_in\":" + std::to_string(life) +
         (refresh.empty() ? "" : ",\"refresh_token\":\"" + refresh + "\"") + "}";
}

class OAuthTokenTest : public testing::Test {
 protected:
  OAuthTokenTest() {
    OAuthCredentials credentials;
    credentials.client_id = Secret("id");
    credentials.client_secret = Secret("s&c=t %");
    credentials.refresh_token = Secret("refresh-1");
    oauth_.emplace(std::move(credentials), "/prefix", transport_, time_, context_.get_executor());
  }

  void ask(std::vector<Header>& results) {
    auto on_end = [&results, this](std::exception_ptr error, const Given& given) {
      if (error) return;
      if (given) issue_ = given->issue;
      results.push_back(given.map([](const AuthorizationHeader& header) { return header.value; }));
    };
    asio::co_spawn(context_, oauth_->header(), on_end);
  }
  Header header() {
    std::vector<Header> results;
    ask(results);
    time_.run();
    EXPECT_EQ(results.size(), 1u);
    return results.empty() ? Header("nothing") : std::move(results.front());
  }
  /// HubSpot does not take the token that is in use.
  void refuse_next() {
    header();
    oauth_->invalidate(issue_);
  }
  void pass(SteadyDuration duration) {
    auto on_end = [](std::exception_ptr) {};
    asio::co_spawn(context_, time_.sleep_for(duration), on_end);
    time_.run();
  }

  asio::io_context context_;
  test::VirtualTime time_{context_};
  test::ScriptedTransport transport_{time_};
  std::optional<OAuthToken> oauth_;
  std::uint64_t issue_ = 0;  ///< of the header that came last
};

TEST_F(OAuthTokenTest, TheRefreshTokenIsExchangedFormEncoded) {
  transport_.answer_with(200, token("access-1"));
  EXPECT_EQ(header(), "Bearer access-1");
  EXPECT_THAT(transport_.seen, ElementsAre("POST /prefix/oauth/v1/token"));
  EXPECT_THAT(transport_.content_types, ElementsAre("application/x-www-form-urlencoded"));
  EXPECT_THAT(transport_.authorizations, ElementsAre(""));
  EXPECT_THAT(transport_.bodies,
              ElementsAre("grant_type=refresh_token&client_id=id&client_secret=s%26c%3Dt%20%25"
                          "&refresh_token=refresh-1"));
}

TEST_F(OAuthTokenTest, ATokenIsKeptAndRenewedBeforeItExpires) {
  transport_.answer_with(200, token("access-1", 1800));
  transport_.answer_with(200, token("access-2", 1800));
  EXPECT_EQ(header(), "Bearer access-1");
  pass(1679s);
  EXPECT_EQ(header(), "Bearer access-1");
  pass(1s);
  EXPECT_EQ(header(), "Bearer access-2");
  EXPECT_EQ(transport_.seen.size(), 2u);
}

TEST_F(OAuthTokenTest, AShortLivedTokenIsRenewedAtHalfItsLife) {
  transport_.answer_with(200, token("access-1", 60));
  transport_.answer_with(200, token("access-2", 60));
  EXPECT_EQ(header(), "Bearer access-1");
  pass(29s);
  EXPECT_EQ(header(), "Bearer access-1");
  pass(1s);
  EXPECT_EQ(header(), "Bearer access-2");
}

TEST_F(OAuthTokenTest, ATokenThatLivesForASecondIsUsed) {
  transport_.answer_with(200, token("access-1", 1));
  transport_.answer_with(200, token("access-2", 1));
  EXPECT_EQ(header(), "Bearer access-1");
  pass(499ms);
  EXPECT_EQ(header(), "Bearer access-1");
  pass(1ms);
  EXPECT_EQ(header(), "Bearer access-2");
}

TEST_F(OAuthTokenTest, RequestsThatComeTogetherShareOneRenewal) {
  transport_.answer_with(200, token("access-1"));
  transport_.delay = 1s;
  std::vector<Header> results;
  for (int i = 0; i < 5; ++i) ask(results);
  time_.run();
  EXPECT_EQ(results.size(), 5u);
  for (const Header& result : results) EXPECT_EQ(result, "Bearer access-1");
  EXPECT_EQ(transport_.seen.size(), 1u);
}

TEST_F(OAuthTokenTest, ANewRefreshTokenReplacesTheOldOne) {
  transport_.answer_with(200, token("access-1", 1800, "refresh-2"));
  transport_.answer_with(200, token("access-2"));
  header();
  pass(1h);
  header();
  EXPECT_THAT(transport_.bodies.back(), HasSubstr("refresh_token=refresh-2"));
}

TEST_F(OAuthTokenTest, AnInvalidatedTokenIsNotUsedAgain) {
  transport_.answer_with(200, token("access-1"));
  transport_.answer_with(200, token("access-2"));
  header();
  const std::uint64_t first = issue_;
  oauth_->invalidate(first);
  EXPECT_EQ(header(), "Bearer access-2");
  // A late 401 to a request with the token before must not cost the new one.
  oauth_->invalidate(first);
  EXPECT_EQ(header(), "Bearer access-2");
  EXPECT_EQ(transport_.seen.size(), 2u);
}

TEST_F(OAuthTokenTest, FiveTokensRefusedInARowAreFinal) {
  for (int i = 1; i <= 6; ++i) transport_.answer_with(200, token("access-" + std::to_string(i)));
  for (int i = 1; i <= 5; ++i) refuse_next();
  const Header refused = header();
  ASSERT_FALSE(refused.has_value());
  EXPECT_TRUE(refused.error().is_permanent);
  EXPECT_THAT(refused.error().text, HasSubstr("refused 5 OAuth tokens in a row"));
  EXPECT_EQ(transport_.seen.size(), 5u);
}

TEST_F(OAuthTokenTest, ATokenThatWasTakenEndsTheRow) {
  for (int i = 1; i <= 9; ++i) transport_.answer_with(200, token("access-" + std::to_string(i)));
  for (int i = 1; i <= 4; ++i) refuse_next();
  EXPECT_EQ(header(), "Bearer access-5");
  oauth_->accepted();
  for (int i = 1; i <= 4; ++i) refuse_next();
  EXPECT_EQ(header(), "Bearer access-9");
}

// As many requests are under way with one token, all of them are refused.
TEST_F(OAuthTokenTest, ATokenThatIsRefusedManyTimesCountsOnce) {
  transport_.answer_with(200, token("access-1"));
  transport_.answer_with(200, token("access-2"));
  EXPECT_EQ(header(), "Bearer access-1");
  for (int i = 0; i < 10; ++i) oauth_->invalidate(issue_);
  EXPECT_EQ(header(), "Bearer access-2");
}

// They were sent before it was given out again, and say nothing of what HubSpot makes of it now.
TEST_F(OAuthTokenTest, LateRefusalsOfATokenThatWasGivenOutAgainDoNotCount) {
  transport_.answer_with(200, token("access-1"));
  transport_.answer_with(200, token("access-1"));
  EXPECT_EQ(header(), "Bearer access-1");
  const std::uint64_t first = issue_;
  for (int i = 0; i < 10; ++i) {
    oauth_->invalidate(first);
    EXPECT_EQ(header(), "Bearer access-1") << i;
  }
  EXPECT_EQ(transport_.seen.size(), 2u);
}

// Contract §9.3.
TEST_F(OAuthTokenTest, AFinalRefusalIsPermanentAndNotAskedAgain) {
  transport_.answer_with(
      400, R"({"error":"invalid_grant","status":"BAD_REFRESH_TOKEN","message":"no"})");
  const Header refused = header();
  ASSERT_FALSE(refused.has_value());
  EXPECT_TRUE(refused.error().is_permanent);
  EXPECT_THAT(refused.error().text, HasSubstr("BAD_REFRESH_TOKEN"));
  EXPECT_THAT(refused.error().text, HasSubstr("refresh_token_env"));
  EXPECT_THAT(refused.error().text, testing::Not(HasSubstr("refresh-1")));
  EXPECT_FALSE(header().has_value());
  EXPECT_EQ(transport_.seen.size(), 1u);
}

TEST_F(OAuthTokenTest, ARefusalThatRepeatsACredentialIsShownWithoutIt) {
  transport_.answer_with(400, R"({"status":"refresh-1\n s&c=t % s%26c%3Dt%20%25 is bad"})");
  const Header refused = header();
  ASSERT_FALSE(refused.has_value());
  EXPECT_THAT(refused.error().text, HasSubstr("(*********  s&c=t % *************** is bad)"));
}

TEST_F(OAuthTokenTest, AWrongClientIsPermanent) {
  transport_.answer_with(401,
                         R"({"error":"invalid_client","status":"BAD_CLIENT_ID","message":"no"})");
  const Header refused = header();
  ASSERT_FALSE(refused.has_value());
  EXPECT_TRUE(refused.error().is_permanent);
  EXPECT_THAT(refused.error().text, HasSubstr("client_id_env"));
}

TEST_F(OAuthTokenTest, APassingFailureIsTriedAgainAtTheNextRequest) {
  transport_.answer_with(429, "");
  transport_.answers.back().retry_after = 7s;
  transport_.answer_with(503, "<html>");
  transport_.answer_with(200, "no json");
  transport_.answers.emplace_back(Reach::not_sent, "no connection",
                                  FailureKind::refused_or_unreachable);
  transport_.answer_with(200, token("access-1"));
  const Header throttled = header();
  ASSERT_FALSE(throttled.has_value());
  EXPECT_FALSE(throttled.error().is_permanent);
  EXPECT_EQ(throttled.error().retry_after, 7s);
  EXPECT_FALSE(header().has_value());
  EXPECT_FALSE(header().has_value());
  const Header unreachable = header();
  ASSERT_FALSE(unreachable.has_value());
  EXPECT_EQ(unreachable.error().cause, FailureKind::refused_or_unreachable);
  EXPECT_EQ(header(), "Bearer access-1");
}

TEST_F(OAuthTokenTest, AFailureIsSharedByAllThatWaited) {
  transport_.answer_with(503, "");
  transport_.delay = 1s;
  std::vector<Header> results;
  for (int i = 0; i < 4; ++i) ask(results);
  time_.run();
  EXPECT_EQ(results.size(), 4u);
  EXPECT_EQ(transport_.seen.size(), 1u);
}

TEST_F(OAuthTokenTest, WhenTheRenewingRequestIsCancelledAnotherRenews) {
  transport_.answers.emplace_back();
  transport_.answer_with(200, token("access-1"));
  transport_.delay = 1s;
  asio::cancellation_signal cancel;
  bool is_cancelled = false;
  auto on_end = [&is_cancelled](std::exception_ptr error, const Given&) {
    is_cancelled = error != nullptr;
  };
  asio::co_spawn(context_, oauth_->header(), asio::bind_cancellation_slot(cancel.slot(), on_end));
  std::vector<Header> results;
  ask(results);
  context_.poll();
  cancel.emit(asio::cancellation_type::terminal);
  time_.run();
  EXPECT_TRUE(is_cancelled);
  ASSERT_EQ(results.size(), 1u);
  EXPECT_EQ(results.front(), "Bearer access-1");
}

}  // namespace
}  // namespace payferry
