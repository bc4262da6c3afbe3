#include <gmock/gmock.h>

#include "process/load_fixture.hpp"
#include "process/tunnel_proxy.hpp"

namespace payferry::test {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

/// What the account has, and who may use it.
class AccountTest : public LoadFixture {
 protected:
  void write_one_payment() {
    write("payments.csv",
          "id,amount,created,currency,status\nA1,12.50,2024-01-01T10:00:00Z,GBP,succeeded\n");
  }

  /// Puts a line into the section [hubspot].
  void add_to_hubspot(const std::string& line) {
    std::string config = read("payments.toml");
    config.insert(config.find("[limits]"), line + "\n");
    write("payments.toml", config);
  }

  void replace_in_config(const std::string& what, const std::string& with) {
    std::string config = read("payments.toml");
    config.replace(config.find(what), what.size(), with);
    write("payments.toml", config);
  }

  void expect_unusable(const std::string& reason) {
    const ProcessResult result = load();
    EXPECT_EQ(result.exit_code, 2) << result.err << result.out;
    EXPECT_THAT(unwrapped(result.err), HasSubstr(reason));
    with_hubspot([](simulator::SimulatedHubSpot& hubspot) {
      EXPECT_EQ(hubspot.live_records("commerce_payments"), 0U);
    });
  }
};

class OAuthTest : public AccountTest {
 protected:
  OAuthTest() {
    simulator_.hubspot.access.tokens.clear();
    simulator_.hubspot.access.oauth_client_id = "the-app";
    simulator_.hubspot.access.oauth_client_secret = "marked-client-secret";
    simulator_.hubspot.access.oauth_refresh_token = "marked-refresh-token";
    environment_ = {{"APP_ID", "the-app"},
                    {"APP_SECRET", "marked-client-secret"},
                    {"APP_REFRESH", "marked-refresh-token"}};
  }

  void prepare() {
    start_simulator();
    write_config(kPaymentProperties);
    add_to_hubspot(
        "oauth = { client_id_env = \"APP_ID\", client_secret_env = \"APP_SECRET\", "
        "refresh_token_env = \"APP_REFRESH\" }");
    write_one_payment();
  }
  /// The next writes find that their tokens have expired.
  void refuse_tokens(std::size_t count) {
    with_hubspot([count](simulator::SimulatedHubSpot& hubspot) {
      hubspot.faults().order(simulator::Fault::expired, count);
    });
  }
};

TEST_F(OAuthTest, LoadsWithATokenOfItsOwnAndWritesNoSecretDown) {
  prepare();
  const ProcessResult result = load({"--log-level", "trace"});
  EXPECT_EQ(result.exit_code, 0) << result.err << result.out;
  std::string all = result.out + result.err;
  for (const auto& entry : std::filesystem::directory_iterator(file("run")))
    all += read("run/" + entry.path().filename().string());
  EXPECT_THAT(all, Not(HasSubstr("marked-")));
}

TEST_F(OAuthTest, ATokenThatLivesForASecondIsRenewedAsOftenAsItTakes) {
  simulator_.hubspot.access.oauth_expires_in = std::chrono::seconds(1);
  prepare();
  EXPECT_EQ(load().exit_code, 0);
  EXPECT_EQ(outcomes().at(1).outcome.status, OutcomeStatus::created);
}

TEST_F(OAuthTest, ABatchWhoseTokensExpireOneAfterAnotherIsSentAgain) {
  prepare();
  refuse_tokens(4);
  const ProcessResult result = load();
  EXPECT_EQ(result.exit_code, 0) << result.err << result.out;
  EXPECT_EQ(outcomes().at(1).outcome.status, OutcomeStatus::created);
}

TEST_F(OAuthTest, FiveTokensOfWhichHubSpotTakesNoneAreExit4AndTheRunCanGoOn) {
  prepare();
  refuse_tokens(5);
  const ProcessResult result = load();
  EXPECT_EQ(result.exit_code, 4) << result.err << result.out;
  EXPECT_THAT(unwrapped(result.out), HasSubstr("HubSpot refused 5 OAuth tokens in a row"));
  EXPECT_EQ(load().exit_code, 0);
  EXPECT_EQ(outcomes().at(1).outcome.status, OutcomeStatus::created);
}

TEST_F(OAuthTest, ARefusedRefreshTokenIsExit4) {
  environment_["APP_REFRESH"] = "another";
  prepare();
  const ProcessResult result = load();
  EXPECT_EQ(result.exit_code, 4) << result.err << result.out;
}

TEST_F(AccountTest, AProxyIsGoneThrough) {
  TunnelProxy proxy;
  start_simulator();
  write_config(kPaymentProperties);
  add_to_hubspot("proxy = \"" + proxy.url() + "\"");
  write_one_payment();
  const ProcessResult result = load();
  EXPECT_EQ(result.exit_code, 0) << result.err << result.out;
  ASSERT_FALSE(proxy.requests().empty());
  EXPECT_THAT(proxy.requests().front(), StartsWith("CONNECT localhost:"));
}

TEST_F(AccountTest, ALocalHostIsReachedWithoutTheProxyOfTheEnvironment) {
  TunnelProxy proxy;
  start_simulator();
  write_config(kPaymentProperties);
  write_one_payment();
  environment_["HTTPS_PROXY"] = proxy.url();
  EXPECT_EQ(load().exit_code, 0);
  EXPECT_TRUE(proxy.requests().empty());
}

TEST_F(AccountTest, AReadOnlyPropertyIsFoundBeforeTheFirstWrite) {
  start_simulator();
  write_config(std::string(kPaymentProperties) + "hs_createdate = { from = \"created\" }\n");
  write_one_payment();
  expect_unusable("\"hs_createdate\" is read-only");
}

TEST_F(AccountTest, AnIdPropertyThatIsNotUniqueIsFoundBeforeTheFirstWrite) {
  start_simulator();
  write_config(std::string(kPaymentProperties) + "hs_internal_comment = { from = \"status\" }\n");
  replace_in_config("id_property = \"hs_external_reference_id\"",
                    "id_property = \"hs_internal_comment\"");
  write_one_payment();
  expect_unusable("\"hs_internal_comment\" is not unique");
}

TEST_F(AccountTest, AnObjectTypeThatHubSpotDoesNotKnowIsNamed) {
  start_simulator();
  write_config(kPaymentProperties);
  add_to_hubspot("object = \"comerce_payments\"");
  write_one_payment();
  expect_unusable("comerce_payments");
}

TEST_F(AccountTest, A404ThatIsAPageIsNoAnswerOfHubSpots) {
  start_simulator();
  write_config(kPaymentProperties);
  replace_in_config(base_url(), base_url() + "/elsewhere");
  write_one_payment();
  expect_unusable("There is no such endpoint (404)");
}

TEST_F(AccountTest, AMissingScopeIsNamed) {
  simulator_.hubspot.access.missing_scopes = {"crm.objects.commercepayments.write"};
  start_simulator();
  write_config(kPaymentProperties);
  write_one_payment();
  const ProcessResult result = load();
  EXPECT_EQ(result.exit_code, 4) << result.err << result.out;
  EXPECT_THAT(unwrapped(result.out + result.err), HasSubstr("crm.objects.commercepayments.write"));
}

}  // namespace
}  // namespace payferry::test
