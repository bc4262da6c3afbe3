#include "bench/simulator/core/associations.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "simulator/core/hubspot_account.hpp"

namespace payferry::simulator {
namespace {

class AssociationsTest : public ::testing::Test {
 protected:
  AssociationsTest() : account_(options()) {
    const auto created = body_of(account_.create(inputs({payment("P1")})));
    payment_ = text(created.at("results").at(0).at("id"));
  }
  static SimulatorOptions options() {
    SimulatorOptions options;
    options.account.contacts = {{.id = "51", .email = "a@example.com"}};
    return options;
  }
  std::string pair(const std::string& contact, int type = 387) const {
    return "{\"from\":{\"id\":\"" + payment_ + "\"},\"to\":{\"id\":\"" + contact +
           "\"},\"types\":[{\"associationCategory\":\"HUBSPOT_DEFINED\",\"associationTypeId\":" +
           std::to_string(type) + "}]}";
  }
  HubSpotAccount account_;
  std::string payment_;
};

TEST_F(AssociationsTest, LabelsTellTheTypeId) {
  const auto label = [&](const char* to) {
    const auto body = body_of(account_.send(
        "GET", std::string("/crm/v4/associations/commerce_payments/") + to + "/labels"));
    return text(body.at("results").at(0).at("typeId"));
  };
  EXPECT_EQ(label("contacts"), "387");
  EXPECT_EQ(label("0-1"), "387");
  EXPECT_EQ(label("companies"), "389");
  EXPECT_EQ(label("deals"), "391");
  EXPECT_EQ(label("orders"), "524");
  EXPECT_EQ(label("invoices"), "542");
  const auto of_deals = body_of(account_.send("GET", "/crm/v4/associations/deals/contacts/labels"));
  EXPECT_EQ(text(of_deals.at("results").at(0).at("typeId")), "3");
  EXPECT_EQ(account_.send("GET", "/crm/v4/associations/commerce_payments/dragons/labels").status,
            400);
}

TEST_F(AssociationsTest, ABatchTiesWhatIsThereAndTellsOfTheRest) {
  const char* const path = "/crm/v4/associations/commerce_payments/contacts/batch/create";
  EXPECT_EQ(account_.post(path, inputs({pair("51")})).status, 201);
  const SimulatedReply partial =
      account_.post(path, inputs({pair("51"), pair("52"), pair("51", 9)}));
  EXPECT_EQ(partial.status, 207);
  const auto body = body_of(partial);
  EXPECT_EQ(body.at("results").as_array().size(), 1U);
  EXPECT_EQ(text(body.at("errors").at(0).at("subCategory")), "crm.associations.INVALID_IDENTIFIER");
  EXPECT_EQ(text(body.at("errors").at(0).at("context").at("id")), R"(["52"])");
  EXPECT_EQ(account_.hubspot.ledger().entries().back().key, "contacts:51:387");
  EXPECT_EQ(account_.post(path, "{}").status, 400);
  const auto elsewhere = body_of(account_.post(path, inputs({pair("51", 389)})));
  EXPECT_EQ(elsewhere.at("numErrors").to_number<int>(), 1) << "389 leads to companies";
}

TEST_F(AssociationsTest, TheDefaultTypeNeedsNoTypes) {
  const SimulatedReply reply =
      account_.post("/crm/v4/associations/0-101/0-1/batch/associate/default",
                    inputs({"{\"from\":{\"id\":\"" + payment_ + "\"},\"to\":{\"id\":\"51\"}}"}));
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(account_.hubspot.statistics().associated, 1U);
}

TEST_F(AssociationsTest, OneIsTiedByPut) {
  const std::string base = "/crm/v4/objects/commerce_payments/" + payment_ + "/associations/";
  EXPECT_EQ(account_
                .send("PUT", base + "contacts/51",
                      R"([{"associationCategory":"HUBSPOT_DEFINED","associationTypeId":387}])")
                .status,
            201);
  EXPECT_EQ(account_.send("PUT", base + "default/contacts/51").status, 200);
  EXPECT_EQ(account_.send("PUT", base + "default/contacts/52").status, 400);
}

TEST_F(AssociationsTest, ABatchTakes2000Pairs) {
  const char* const path = "/crm/v4/associations/commerce_payments/contacts/batch/create";
  std::vector<std::string> pairs(2000, pair("51"));
  EXPECT_EQ(account_.post(path, inputs(pairs)).status, 201);
  pairs.push_back(pair("51"));
  EXPECT_EQ(account_.post(path, inputs(pairs)).status, 400);
}

}  // namespace
}  // namespace payferry::simulator
