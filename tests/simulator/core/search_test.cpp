#include "bench/simulator/core/search.hpp"

#include <gtest/gtest.h>

#include <set>

#include "simulator/core/hubspot_account.hpp"

namespace payferry::simulator {
namespace {

using namespace std::chrono_literals;

class SearchTest : public ::testing::Test {
 protected:
  SearchTest() {
    account_.create(
        inputs({payment("p1", "", R"(,"hs_fees_amount":"5","hs_latest_status":"failed")"),
                payment("p2", "", R"(,"hs_fees_amount":"10")"), payment("p3")}));
    account_.now += 10s;
  }
  SimulatedReply ask(const std::string& body) {
    account_.now += 1s;
    return account_.post("/crm/v3/objects/commerce_payments/search", body);
  }
  std::set<std::string> found(const std::string& filter) {
    const SimulatedReply reply =
        ask(R"({"properties":["hs_external_reference_id"],"filterGroups":[{"filters":[)" + filter +
            "]}]}");
    std::set<std::string> keys;
    const auto body = body_of(reply);
    if (reply.status != 200) return {reply.body};
    for (const auto& result : body.at("results").as_array()) {
      keys.insert(text(result.at("properties").at("hs_external_reference_id")));
    }
    return keys;
  }
  HubSpotAccount account_;
};

using Keys = std::set<std::string>;

std::string on_key(std::string_view condition) {
  return R"({"propertyName":"hs_external_reference_id",)" + std::string(condition) + "}";
}

TEST_F(SearchTest, OperatorsDoWhatTheySay) {
  EXPECT_EQ(found(R"({"propertyName":"hs_latest_status","operator":"EQ","value":"failed"})"),
            Keys{"p1"});
  EXPECT_EQ(found(R"({"propertyName":"hs_latest_status","operator":"NEQ","value":"failed"})"),
            (Keys{"p2", "p3"}));
  EXPECT_EQ(found(R"({"propertyName":"hs_fees_amount","operator":"GT","value":"5"})"), Keys{"p2"});
  EXPECT_EQ(found(R"({"propertyName":"hs_fees_amount","operator":"LTE","value":"5.0"})"),
            Keys{"p1"});
  EXPECT_EQ(
      found(
          R"({"propertyName":"hs_fees_amount","operator":"BETWEEN","value":"4","highValue":"9"})"),
      Keys{"p1"});
  EXPECT_EQ(found(R"({"propertyName":"hs_fees_amount","operator":"HAS_PROPERTY"})"),
            (Keys{"p1", "p2"}));
  EXPECT_EQ(found(R"({"propertyName":"hs_fees_amount","operator":"NOT_HAS_PROPERTY"})"),
            Keys{"p3"});
  EXPECT_EQ(found(on_key(R"("operator":"IN","values":["p1","p3","x"])")), (Keys{"p1", "p3"}));
  EXPECT_EQ(found(on_key(R"("operator":"CONTAINS_TOKEN","value":"P2")")), Keys{"p2"});
  EXPECT_EQ(found(R"({"propertyName":"hs_createdate","operator":"GT","value":"0"})"),
            (Keys{"p1", "p2", "p3"}));
}

TEST_F(SearchTest, ValuesOfInMustBeLowerCaseToMatch) {
  account_.create(inputs({payment("Upper")}));
  account_.now += 10s;
  EXPECT_EQ(found(on_key(R"("operator":"IN","values":["Upper"])")), Keys{});
  EXPECT_EQ(found(on_key(R"("operator":"IN","values":["upper"])")), Keys{"Upper"});
}

TEST_F(SearchTest, ANewRecordAppearsAfterTheSearchLag) {
  account_.hubspot.switches().search_lag = 5s;
  account_.create(inputs({payment("p4")}));
  EXPECT_EQ(body_of(ask("{}")).at("total").as_int64(), 3);
  account_.now += 4s;
  EXPECT_EQ(body_of(ask("{}")).at("total").as_int64(), 4);
}

TEST_F(SearchTest, PagesAndSorts) {
  const std::string sorted =
      R"("sorts":[{"propertyName":"hs_external_reference_id","direction":"DESCENDING"}])";
  const auto first =
      body_of(ask("{\"limit\":2," + sorted + ",\"properties\":[\"hs_external_reference_id\"]}"));
  EXPECT_EQ(first.at("total").as_int64(), 3);
  EXPECT_EQ(text(first.at("results").at(0).at("properties").at("hs_external_reference_id")), "p3");
  const auto next =
      body_of(ask("{\"limit\":2,\"after\":\"" + text(first.at("paging").at("next").at("after")) +
                  "\"," + sorted + "}"));
  EXPECT_EQ(next.at("results").as_array().size(), 1U);
  EXPECT_FALSE(next.as_object().contains("paging"));
}

TEST_F(SearchTest, LimitsOfSizeAreKept) {
  EXPECT_EQ(ask("{\"limit\":201}").status, 400);
  EXPECT_EQ(ask("{\"after\":\"9999\"}").status, 400);
  EXPECT_EQ(ask("{\"after\":\"9990\"}").status, 200);
  EXPECT_EQ(ask("{\"x\":\"" + std::string(3000, 'a') + "\"}").status, 400);
  std::string filters = R"({"propertyName":"hs_object_id","operator":"HAS_PROPERTY"})";
  for (int i = 1; i < 7; ++i)
    filters += R"(,{"propertyName":"hs_object_id","operator":"HAS_PROPERTY"})";
  EXPECT_EQ(ask("{\"filterGroups\":[{\"filters\":[" + filters + "]}]}").status, 400);
  EXPECT_EQ(ask("{").status, 400);
}

TEST_F(SearchTest, AnUnknownPropertyInAFilterIsRefused) {
  EXPECT_EQ(
      ask(R"({"filterGroups":[{"filters":[{"propertyName":"nope","operator":"EQ","value":"1"}]}]})")
          .status,
      400);
}

}  // namespace
}  // namespace payferry::simulator
