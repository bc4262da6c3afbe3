#include "bench/simulator/core/authentication.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "simulator/core/hubspot_account.hpp"

namespace payferry::simulator {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

constexpr const char* kDetails = "/account-info/v3/details";
constexpr const char* kGoodForm =
    "grant_type=refresh_token&client_id=app&client_secret=s%26cret&refresh_token=refresh";

SimulatorOptions with_oauth() {
  SimulatorOptions options;
  options.access.oauth_client_id = "app";
  options.access.oauth_client_secret = "s&cret";
  options.access.oauth_refresh_token = "refresh";
  return options;
}

std::string category(const SimulatedReply& reply) {
  return text(body_of(reply).at("category"));
}

TEST(Authentication, WithoutNamedTokensAnyWillDoButNotNone) {
  HubSpotAccount account;
  EXPECT_EQ(account.send("GET", kDetails).status, 200);
  for (const char* none : {"", "Bearer ", "Basic abc"}) {
    account.authorization = none;
    const SimulatedReply reply = account.send("GET", kDetails);
    EXPECT_EQ(reply.status, 401);
    EXPECT_EQ(category(reply), "INVALID_AUTHENTICATION");
    EXPECT_FALSE(reply.rate.max);
  }
}

TEST(Authentication, AWrongTokenIsToldAsExpiredSince1970) {
  SimulatorOptions options;
  options.access.tokens = {"good"};
  HubSpotAccount account(options);
  const SimulatedReply reply = account.send("GET", kDetails);
  EXPECT_EQ(reply.status, 401);
  EXPECT_EQ(category(reply), "EXPIRED_AUTHENTICATION");
  EXPECT_EQ(text(body_of(reply).at("context").at("expire time").at(0)), "1970-01-01T00:00:00.000Z");
  EXPECT_THAT(text(body_of(reply).at("message")), HasSubstr("day(s) ago."));
  account.authorization = "Bearer good";
  EXPECT_EQ(account.send("GET", kDetails).status, 200);
}

TEST(Authentication, AnOAuthTokenIsGivenExpiresAndIsRefreshed) {
  HubSpotAccount account(with_oauth());
  const auto refresh = [&] {
    const auto body = body_of(account.post("/oauth/v1/token", kGoodForm));
    EXPECT_EQ(body.at("expires_in").as_int64(), 1800);
    EXPECT_EQ(text(body.at("token_type")), "bearer");
    EXPECT_EQ(text(body.at("refresh_token")), "refresh");
    account.authorization = "Bearer " + text(body.at("access_token"));
  };
  EXPECT_EQ(account.send("GET", kDetails).status, 401);
  refresh();
  const SimulatedReply good = account.send("GET", kDetails);
  EXPECT_EQ(good.status, 200);
  EXPECT_TRUE(good.rate.max);
  EXPECT_FALSE(good.rate.daily);
  account.now += 30min + 75s;
  const SimulatedReply expired = account.send("GET", kDetails);
  EXPECT_EQ(expired.status, 401);
  EXPECT_EQ(text(body_of(expired).at("message")),
            "The OAuth token used to make this call expired 75 second(s) ago.");
  refresh();
  EXPECT_EQ(account.send("GET", kDetails).status, 200);
}

TEST(Authentication, WrongFormsAreToldInTheTokenEndpointsOwnShape) {
  HubSpotAccount account(with_oauth());
  const auto status_of = [&](const char* form) {
    const SimulatedReply reply = account.post("/oauth/v1/token", form);
    EXPECT_EQ(reply.status, 400);
    return text(body_of(reply).at("status"));
  };
  EXPECT_EQ(
      status_of("grant_type=refresh_token&client_id=app&client_secret=s%26cret&refresh_token=old"),
      "BAD_REFRESH_TOKEN");
  EXPECT_EQ(
      status_of(
          "grant_type=refresh_token&client_id=x&client_secret=s%26cret&refresh_token=refresh"),
      "BAD_CLIENT_ID");
  EXPECT_EQ(status_of("grant_type=password&client_id=app&client_secret=s%26cret"),
            "BAD_GRANT_TYPE");
}

TEST(Authentication, TheExpiredFaultEndsTheOAuthTokenForGood) {
  HubSpotAccount account(with_oauth());
  account.authorization =
      "Bearer " + text(body_of(account.post("/oauth/v1/token", kGoodForm)).at("access_token"));
  account.hubspot.faults().order(Fault::expired);
  EXPECT_EQ(category(account.create(inputs({payment("P1")}))), "EXPIRED_AUTHENTICATION");
  EXPECT_EQ(account.create(inputs({payment("P1")})).status, 401);
  EXPECT_EQ(account.payments(), 0U);
}

TEST(Authentication, AMissingScopeIs403AndNamesIt) {
  SimulatorOptions options;
  options.access.missing_scopes = {"crm.objects.commercepayments.write",
                                   "crm.schemas.commercepayments.write"};
  HubSpotAccount account(options);
  const SimulatedReply write = account.create(inputs({payment("P1")}));
  EXPECT_EQ(write.status, 403);
  EXPECT_EQ(category(write), "MISSING_SCOPES");
  EXPECT_EQ(text(body_of(write).at("errors").at(0).at("context").at("requiredGranularScopes")),
            R"(["crm.objects.commercepayments.write"])");
  EXPECT_EQ(account.send("GET", "/crm/v3/properties/commerce_payments").status, 200);
  EXPECT_EQ(account.read(R"({"inputs":[]})").status, 200);
  EXPECT_EQ(account.post("/crm/v3/properties/commerce_payments", "{}").status, 403);
}

}  // namespace
}  // namespace payferry::simulator
