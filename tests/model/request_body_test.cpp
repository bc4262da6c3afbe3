#include "model/request_body.hpp"

#include <gtest/gtest.h>

#include <array>

#include "sent_batch.hpp"

namespace payferry {
namespace {

constexpr std::array<std::string_view, 2> kKeys{"A", "b\"\\"};
constexpr std::array<std::string_view, 2> kProperties{"ref", "run"};

TEST(RequestBody, AWriteJoinsTheInputsAsTheyAre) {
  const SentBatch batch = SentBatch().keyed("A").keyless(R"({"a":"1"})");
  std::string body = "before";
  append_write_body(body, batch.sent());
  EXPECT_EQ(
      body,
      R"(before{"inputs":[{"objectWriteTraceId":"1","properties":{"ref":"A"},"associations":[]},{"objectWriteTraceId":"2","properties":{"a":"1"},"associations":[]}]})");
}

TEST(RequestBody, AWritePutsAssociationsIntoTheirInputs) {
  const SentBatch batch = SentBatch().keyless(R"({"a":"1"})", R"({"to":{"id":"5"}})");
  std::string body;
  append_write_body(body, batch.sent());
  EXPECT_EQ(
      body,
      R"({"inputs":[{"objectWriteTraceId":"1","properties":{"a":"1"},"associations":[{"to":{"id":"5"}}]}]})");
}

TEST(RequestBody, AnEmptyListIsAnEmptyList) {
  std::string body;
  append_write_body(body, {});
  EXPECT_EQ(body, R"({"inputs":[]})");
}

TEST(RequestBody, AReadNamesKeyPropertyAndProperties) {
  std::string body;
  append_read_body(body, kKeys, "ref", kProperties);
  EXPECT_EQ(
      body,
      R"({"properties":["ref","run"],"propertiesWithHistory":[],"idProperty":"ref","inputs":[{"id":"A"},{"id":"b\"\\"}]})");
}

TEST(RequestBody, AReadByRecordIdNamesNoKeyProperty) {
  std::string body;
  append_read_by_id_body(body, kKeys, kProperties);
  EXPECT_EQ(
      body,
      R"({"properties":["ref","run"],"propertiesWithHistory":[],"inputs":[{"id":"A"},{"id":"b\"\\"}]})");
}

TEST(RequestBody, AnArchiveListsTheIds) {
  std::string body;
  append_archive_body(body, kKeys);
  EXPECT_EQ(body, R"({"inputs":[{"id":"A"},{"id":"b\"\\"}]})");
}

TEST(RequestBody, AnAssociationNamesBothEndsAndItsType) {
  const std::array<AssociationInput, 2> inputs{AssociationInput{"1", "2", "HUBSPOT_DEFINED", 387},
                                               AssociationInput{"3", "4", "USER_DEFINED", 9}};
  std::string body;
  append_associate_body(body, inputs);
  EXPECT_EQ(
      body,
      R"({"inputs":[{"from":{"id":"1"},"to":{"id":"2"},"types":[{"associationCategory":"HUBSPOT_DEFINED","associationTypeId":387}]},{"from":{"id":"3"},"to":{"id":"4"},"types":[{"associationCategory":"USER_DEFINED","associationTypeId":9}]}]})");
}

}  // namespace
}  // namespace payferry
