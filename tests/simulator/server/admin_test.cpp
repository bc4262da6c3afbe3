#include "bench/simulator/server/admin.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "simulator/core/hubspot_account.hpp"

namespace payferry::simulator {
namespace {

using ::testing::HasSubstr;

class AdminTest : public ::testing::Test {
 protected:
  SimulatedReply ask(std::string_view method, std::string_view target, std::string_view body = {}) {
    return handle_admin(account_.hubspot, {method, target, {}, body}, account_.now);
  }
  HubSpotAccount account_;
};

TEST_F(AdminTest, OnlyPathsBelowSimAreItsOwn) {
  EXPECT_TRUE(is_admin_path("/sim/stats"));
  EXPECT_FALSE(is_admin_path("/crm/v3/objects/sim/stats"));
}

TEST_F(AdminTest, FaultsAreOrderedForTheNextRequests) {
  EXPECT_EQ(ask("POST", "/sim/faults", R"({"fault":"503","next":1,"skip":1})").status, 200);
  EXPECT_EQ(account_.create(inputs({payment("P1")})).status, 201);
  EXPECT_EQ(account_.create(inputs({payment("P2")})).status, 503);
  EXPECT_EQ(account_.create(inputs({payment("P2")})).status, 201);
}

TEST_F(AdminTest, FaultsHappenByProbabilityUntilCleared) {
  ask("POST", "/sim/faults", R"({"fault":"503","probability":"100%","on_reads":true})");
  EXPECT_EQ(account_.create(inputs({payment("P1")})).status, 503);
  EXPECT_EQ(account_.read(R"({"inputs":[]})").status, 503);
  ask("POST", "/sim/faults", R"({"clear":true})");
  EXPECT_EQ(account_.create(inputs({payment("P1")})).status, 201);
}

TEST_F(AdminTest, WhatItCannotDoIsToldInOneSentence) {
  EXPECT_THAT(ask("POST", "/sim/faults", R"({"fault":"fire","next":1})").body,
              HasSubstr("no fault"));
  EXPECT_THAT(ask("POST", "/sim/faults", R"({"fault":"503"})").body, HasSubstr("probability"));
  EXPECT_THAT(ask("POST", "/sim/faults", "[]").body, HasSubstr("JSON object"));
  EXPECT_THAT(ask("POST", "/sim/switches", R"({"nope":"on"})").body, HasSubstr("no switch"));
  EXPECT_THAT(ask("POST", "/sim/external-traffic", "{}").body, HasSubstr("per_second"));
  EXPECT_EQ(ask("GET", "/sim/nothing").status, 404);
  EXPECT_EQ(ask("POST", "/sim/nothing", "{}").status, 404);
}

TEST_F(AdminTest, SwitchesAreSetByName) {
  EXPECT_EQ(ask("POST", "/sim/switches", R"({"echo-trace-id":"on","read-lag":"2s"})").status, 200);
  EXPECT_TRUE(account_.hubspot.switches().echo_trace_id);
  EXPECT_EQ(account_.hubspot.switches().read_lag, std::chrono::seconds(2));
}

TEST_F(AdminTest, ExternalTrafficUsesTheLimits) {
  ask("POST", "/sim/external-traffic", R"({"requests":100})");
  EXPECT_EQ(account_.send("GET", "/account-info/v3/details").rate.remaining, 89U);
  ask("POST", "/sim/external-traffic", R"({"per_second":2})");
  account_.now += std::chrono::seconds(20);
  EXPECT_EQ(account_.send("GET", "/account-info/v3/details").rate.remaining, 169U);
}

TEST_F(AdminTest, TheLedgerCanBeReadFromAnEntryOn) {
  account_.create(inputs({payment("P1"), payment("P2")}));
  const SimulatedReply all = ask("GET", "/sim/ledger");
  EXPECT_EQ(std::count(all.body.begin(), all.body.end(), '\n'), 2);
  const SimulatedReply rest = ask("GET", "/sim/ledger?from=2");
  EXPECT_THAT(rest.body, ::testing::StartsWith("{\"sequence\":2,"));
}

}  // namespace
}  // namespace payferry::simulator
