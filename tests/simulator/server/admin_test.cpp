#include "bench/simulator/server/admin.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <string_view>
#include <vector>

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

TEST_F(AdminTest, AnOrderWithAKeyOrValueThatItCannotTakeIsRefused) {
  const std::vector<std::array<std::string_view, 3>> cases = {
      {"/sim/faults", R"({"fualt":"503","next":1})", R"(no key \"fualt\" here)"},
      {"/sim/faults", R"({"fault":"503","next":1,"after":1})", R"(no key \"after\" here)"},
      {"/sim/faults", R"({"clear":"yes"})", R"(\"clear\" takes true or false)"},
      {"/sim/faults", R"({"fault":503,"next":1})", R"(\"fault\" takes a text)"},
      {"/sim/faults", R"({"fault":"503","next":0})", R"(\"next\" takes a whole number from 1 to)"},
      {"/sim/faults", R"({"fault":"503","next":1,"skip":-1})", R"(\"skip\" takes a whole number)"},
      {"/sim/faults", R"({"fault":"503","next":10000000})", "to 1000000"},
      {"/sim/faults", R"({"fault":"503","probability":"120%"})", R"(\"0%\" to \"100%\")"},
      {"/sim/faults", R"({"fault":"503","probability":0.5})", R"(\"0%\" to \"100%\")"},
      {"/sim/faults", R"({"fault":"503","probability":"5%","next":1})", "either"},
      {"/sim/faults", R"({"fault":"503","probability":"5%","skip":1})", R"(needs \"next\")"},
      {"/sim/faults", R"({"next":1})", R"(need a \"fault\")"},
      {"/sim/external-traffic", R"({"per_second":-2})", "from 0.001 to 1000"},
      {"/sim/external-traffic", R"({"per_second":1e-18})", "from 0.001 to 1000"},
      {"/sim/external-traffic", R"({"per_second":"8"})", R"(\"per_second\" takes a number)"},
      {"/sim/external-traffic", R"({"requests":-1})", R"(\"requests\" takes a whole number)"},
      {"/sim/external-traffic", R"({"per_hour":8})", R"(no key \"per_hour\" here)"}};
  for (const auto& [target, order, expected] : cases) {
    const SimulatedReply reply = ask("POST", target, order);
    EXPECT_EQ(reply.status, 400) << order;
    EXPECT_THAT(reply.body, HasSubstr(expected)) << order;
  }
}

TEST_F(AdminTest, ARefusedOrderChangesNothing) {
  ask("POST", "/sim/faults", R"({"fault":"reset","probability":"60%"})");
  ask("POST", "/sim/faults", R"({"fault":"503","next":1})");
  EXPECT_EQ(ask("POST", "/sim/faults", R"({"clear":true,"on_reads":true,"nope":1})").status, 400);
  EXPECT_EQ(ask("POST", "/sim/faults", R"({"fault":"502","probability":"50%"})").status, 400);
  const FaultPlan& plan = account_.hubspot.faults().plan();
  EXPECT_EQ(plan.probability[static_cast<std::size_t>(Fault::reset)], 0.6);
  EXPECT_EQ(plan.probability[static_cast<std::size_t>(Fault::bad_gateway)], 0);
  EXPECT_FALSE(plan.on_reads);
  EXPECT_EQ(account_.create(inputs({payment("P1")})).status, 503);
  EXPECT_EQ(ask("POST", "/sim/switches", R"({"echo-trace-id":"on","nope":"on"})").status, 400);
  EXPECT_FALSE(account_.hubspot.switches().echo_trace_id);
}

TEST_F(AdminTest, ExternalTrafficEndsWithARateOfZero) {
  ask("POST", "/sim/external-traffic", R"({"per_second":2})");
  EXPECT_EQ(ask("POST", "/sim/external-traffic", R"({"per_second":0})").status, 200);
  account_.now += std::chrono::seconds(20);
  EXPECT_EQ(account_.send("GET", "/account-info/v3/details").rate.remaining, 189U);
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
