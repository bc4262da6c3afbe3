#include "model/property_schema.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace payferry {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

constexpr std::string_view kBody = R"({"results":[
  {"updatedAt":"2024-01-01T00:00:00Z","name":"hs_latest_status","label":"Status","type":"enumeration","fieldType":"select",
   "options":[{"label":"Succeeded","value":"succeeded","displayOrder":0,"hidden":false},{"value":"failed"},"odd"],
   "hasUniqueValue":false,"calculated":false,"archived":false,"modificationMetadata":{"archivable":true,"readOnlyValue":false}},
  {"name":"hs_external_reference_id","type":"string","fieldType":"text","hasUniqueValue":true},
  {"name":"hs_net_amount","type":"number","calculated":true,"modificationMetadata":{"readOnlyValue":true}},
  {"label":"no name"}, 7,
  {"name":"old","archived":true,"options":null,"modificationMetadata":[],"hasUniqueValue":"yes"}]})";

TEST(PropertySchema, ReadsWhatALoaderNeeds) {
  const auto schema = decode_property_schema(kBody);
  ASSERT_TRUE(schema);
  EXPECT_THAT(schema->names(),
              ElementsAre("hs_external_reference_id", "hs_latest_status", "hs_net_amount", "old"));
  const PropertyDefinition* const status = schema->find("hs_latest_status");
  ASSERT_NE(status, nullptr);
  EXPECT_EQ(status->label, "Status");
  EXPECT_EQ(status->type, "enumeration");
  EXPECT_EQ(status->field_type, "select");
  ASSERT_THAT(status->options, SizeIs(2));
  EXPECT_EQ(status->options[0].label, "Succeeded");
  EXPECT_TRUE(status->has_option("failed"));
  EXPECT_FALSE(status->has_option("Succeeded"));
  EXPECT_FALSE(status->has_unique_value);
  EXPECT_TRUE(schema->find("hs_external_reference_id")->has_unique_value);
  EXPECT_TRUE(schema->find("hs_net_amount")->calculated);
  EXPECT_TRUE(schema->find("hs_net_amount")->read_only_value);
  EXPECT_TRUE(schema->find("old")->archived);
  EXPECT_FALSE(schema->find("old")->has_unique_value);
}

TEST(PropertySchema, DoesNotFindWhatIsNotThere) {
  const auto schema = decode_property_schema(kBody);
  ASSERT_TRUE(schema);
  EXPECT_EQ(schema->find("zzz"), nullptr);
  EXPECT_EQ(schema->find(""), nullptr);
}

TEST(PropertySchema, ABodyOfAnotherKindIsNoSchema) {
  for (const std::string_view body :
       {"", "<html>", "{}", "[]", R"({"results":{}})", R"({"message":"no"})", R"({"results":[)"}) {
    EXPECT_FALSE(decode_property_schema(body)) << body;
  }
  for (std::size_t length = 0; length < kBody.size(); ++length) {
    EXPECT_FALSE(decode_property_schema(std::string(kBody.substr(0, length))));
  }
}

}  // namespace
}  // namespace payferry
