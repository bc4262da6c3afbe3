#include "bench/simulator/core/batch_request.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace payferry::simulator {
namespace {

using ::testing::HasSubstr;

TEST(BatchRequest, ReadsEverythingAnInputCanHold) {
  const BatchRequest request(
      R"({"inputs":[{"id":7,"idProperty":"key","objectWriteTraceId":"t",)"
      R"("properties":{"a":"x","b":1.50,"c":true,"d":null},)"
      R"("associations":[{"to":{"id":51},)"
      R"("types":[{"associationCategory":"HUBSPOT_DEFINED","associationTypeId":387}]}]}]})");
  ASSERT_FALSE(request.error());
  ASSERT_EQ(request.inputs().size(), 1U);
  const BatchInput& input = request.inputs()[0];
  EXPECT_EQ(input.id, "7");
  EXPECT_EQ(input.id_property, "key");
  EXPECT_EQ(input.trace_id, "t");
  ASSERT_EQ(input.properties.size(), 4U);
  EXPECT_EQ(input.properties[0].name, "a");
  EXPECT_EQ(input.properties[0].value, "x");
  EXPECT_EQ(input.properties[2].value, "true");
  EXPECT_EQ(input.properties[3].value, "");
  ASSERT_EQ(input.associations.size(), 1U);
  EXPECT_EQ(input.associations[0].to_id, "51");
  EXPECT_EQ(input.associations[0].type_id, 387U);
}

TEST(BatchRequest, InputsKeepTheirOwnPropertiesAndAssociations) {
  const BatchRequest request(
      R"({"inputs":[{"properties":{"a":"1"}},)"
      R"({"properties":{"a":"2","b":"3"},"associations":[]},{"properties":{}}]})");
  ASSERT_EQ(request.inputs().size(), 3U);
  EXPECT_EQ(request.inputs()[0].properties.size(), 1U);
  EXPECT_EQ(request.inputs()[1].properties[0].value, "2");
  EXPECT_EQ(request.inputs()[1].properties[1].value, "3");
  EXPECT_TRUE(request.inputs()[2].properties.empty());
  EXPECT_FALSE(request.inputs()[0].trace_id);
}

TEST(BatchRequest, ReadsWhatAReadAsksFor) {
  const BatchRequest request(
      R"({"idProperty":"key","properties":["a","b"],"propertiesWithHistory":["c"],)"
      R"("inputs":[{"id":"x"}]})");
  EXPECT_EQ(request.id_property(), "key");
  EXPECT_EQ(request.properties().size(), 2U);
  EXPECT_TRUE(request.with_history());
}

TEST(BatchRequest, ABodyThatIsNoObjectOrBrokenIsAnError) {
  for (const char* body :
       {"", "[]", "7", "{\"inputs\":[", "{\"inputs\":[]} x", "{\"inputs\":[7]}", "nonsense"}) {
    const BatchRequest request(body);
    ASSERT_TRUE(request.error()) << body;
    EXPECT_THAT(request.error()->message, HasSubstr("Invalid input JSON on line 1, column "))
        << body;
  }
}

TEST(BatchRequest, WithoutInputsThereIsNoErrorYet) {
  EXPECT_FALSE(BatchRequest("{}").error());
  EXPECT_FALSE(BatchRequest("{}").has_inputs());
  EXPECT_FALSE(BatchRequest(R"({"inputs":{}})").has_inputs());
  EXPECT_TRUE(BatchRequest(R"({"inputs":[]})").has_inputs());
}

}  // namespace
}  // namespace payferry::simulator
