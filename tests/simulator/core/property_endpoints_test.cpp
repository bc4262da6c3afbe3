#include "bench/simulator/core/property_endpoints.hpp"

#include <gtest/gtest.h>

#include <map>

#include "simulator/core/hubspot_account.hpp"

namespace payferry::simulator {
namespace {

constexpr const char* kProperties = "/crm/v3/properties/commerce_payments";

std::map<std::string, boost::json::object> by_name(const SimulatedReply& reply) {
  std::map<std::string, boost::json::object> properties;
  const auto body = body_of(reply);
  for (const auto& property : body.at("results").as_array()) {
    properties[text(property.at("name"))] = property.as_object();
  }
  return properties;
}

std::string definition(std::string_view name, std::string_view more = {}) {
  return "{\"groupName\":\"g\",\"name\":\"" + std::string(name) +
         "\",\"label\":\"L\",\"type\":\"string\",\"fieldType\":\"text\"" + std::string(more) + "}";
}

TEST(PropertyEndpoints, TheListTellsWhatALoaderMustKnow) {
  SimulatorOptions options;
  options.account.currencies = {"USD", "JPY"};
  options.account.properties = {{.name = "payferry_run"}};
  HubSpotAccount account(options);
  const auto properties = by_name(account.send("GET", kProperties));
  EXPECT_EQ(text(properties.at("hs_initial_amount").at("type")), "number");
  EXPECT_EQ(text(properties.at("hs_initiated_date").at("type")), "datetime");
  EXPECT_EQ(text(properties.at("hs_currency_code").at("options").at(1).at("value")), "JPY");
  EXPECT_EQ(properties.at("hs_latest_status").at("options").as_array().size(), 10U);
  EXPECT_TRUE(properties.at("hs_external_reference_id").at("hasUniqueValue").as_bool());
  EXPECT_FALSE(properties.at("hs_reference_number").at("hasUniqueValue").as_bool());
  EXPECT_TRUE(
      properties.at("hs_net_amount").at("modificationMetadata").at("readOnlyValue").as_bool());
  EXPECT_FALSE(
      properties.at("hs_fees_amount").at("modificationMetadata").at("readOnlyValue").as_bool());
  EXPECT_FALSE(properties.at("payferry_run").at("hubspotDefined").as_bool());
}

TEST(PropertyEndpoints, ACreatedPropertyCanBeReadAndWritten) {
  HubSpotAccount account;
  EXPECT_EQ(account.send("GET", std::string(kProperties) + "/legacy_id").status, 404);
  const SimulatedReply created =
      account.post(kProperties, definition("legacy_id", ",\"hasUniqueValue\":true"));
  ASSERT_EQ(created.status, 201) << created.body;
  const SimulatedReply read = account.send("GET", std::string(kProperties) + "/legacy_id");
  EXPECT_TRUE(body_of(read).at("hasUniqueValue").as_bool());
  EXPECT_EQ(account.create(inputs({payment("P1", "", R"(,"legacy_id":"1")")})).status, 201);
  EXPECT_EQ(account.create(inputs({payment("P2", "", R"(,"legacy_id":"1")")})).status, 400);
}

TEST(PropertyEndpoints, ATakenNameIs409) {
  HubSpotAccount account;
  const SimulatedReply reply = account.post(kProperties, definition("hs_initial_amount"));
  EXPECT_EQ(reply.status, 409);
  EXPECT_EQ(text(body_of(reply).at("category")), "OBJECT_ALREADY_EXISTS");
  EXPECT_EQ(text(body_of(reply).at("subCategory")), "Properties.PROPERTY_WITH_NAME_EXISTS");
}

TEST(PropertyEndpoints, MissingFieldsAndUnknownTypesAreRefused) {
  HubSpotAccount account;
  EXPECT_EQ(account.post(kProperties, R"({"name":"x"})").status, 400);
  EXPECT_EQ(account.post(kProperties, "[").status, 400);
  EXPECT_EQ(
      account
          .post(kProperties,
                R"({"groupName":"g","name":"x","label":"x","type":"blob","fieldType":"text"})")
          .status,
      400);
}

TEST(PropertyEndpoints, AnObjectHasTenUniquePropertiesAtMost) {
  HubSpotAccount account;
  for (int i = 1; i < 10; ++i) {
    const std::string name = "unique" + std::to_string(i);
    EXPECT_EQ(account.post(kProperties, definition(name, ",\"hasUniqueValue\":true")).status, 201);
  }
  EXPECT_EQ(account.post(kProperties, definition("unique10", ",\"hasUniqueValue\":true")).status,
            400);
  EXPECT_EQ(account.post(kProperties, definition("plain")).status, 201);
}

TEST(PropertyEndpoints, BatchesTellOfEachProperty) {
  HubSpotAccount account;
  const std::string base = kProperties;
  const SimulatedReply created = account.post(
      base + "/batch/create", inputs({definition("a"), definition("hs_initial_amount")}));
  EXPECT_EQ(created.status, 207);
  EXPECT_EQ(body_of(created).at("results").as_array().size(), 1U);
  EXPECT_EQ(account.post(base + "/batch/read", R"({"inputs":[{"name":"a"}]})").status, 200);
  const SimulatedReply read =
      account.post(base + "/batch/read", R"({"inputs":[{"name":"a"},{"name":"b"}]})");
  EXPECT_EQ(read.status, 207);
  EXPECT_EQ(text(body_of(read).at("errors").at(0).at("category")), "OBJECT_NOT_FOUND");
}

TEST(PropertyEndpoints, GroupsAreListed) {
  HubSpotAccount account;
  const auto body = body_of(account.send("GET", std::string(kProperties) + "/groups"));
  EXPECT_EQ(text(body.at("results").at(0).at("name")), "commercepayments_information");
}

}  // namespace
}  // namespace payferry::simulator
