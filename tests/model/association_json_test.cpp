#include "model/association_json.hpp"

#include <gtest/gtest.h>

namespace payferry {
namespace {

AssociationRule contacts() {
  AssociationRule rule;
  rule.to = "contacts";
  rule.type_id = 387;
  return rule;
}

constexpr const char* kContact =
    R"({"to":{"id":"10"},"types":[{"associationCategory":"HUBSPOT_DEFINED","associationTypeId":387}]})";

TEST(AssociationJson, HasCommasBetweenElements) {
  std::string elements;
  append_association(elements, contacts(), "10");
  EXPECT_EQ(elements, kContact);
  append_association(elements, contacts(), "10");
  EXPECT_EQ(elements, std::string(kContact) + "," + kContact);
}

TEST(AssociationJson, StandsInTheListOfTheInput) {
  const std::string bare = R"({"objectWriteTraceId":"1","properties":{},"associations":[]})";
  std::string out = "before ";
  append_associated_input(out, bare, "");
  EXPECT_EQ(out, "before " + bare);
  out.clear();
  append_associated_input(out, bare, kContact);
  EXPECT_EQ(out, R"({"objectWriteTraceId":"1","properties":{},"associations":[)" +
                     std::string(kContact) + "]}");
}

TEST(RecordId, HasDigitsOnly) {
  EXPECT_TRUE(is_record_id("70791348501"));
  for (const char* text : {"", "1a", "-1", "1.0", " 1", "123456789012345678901"})
    EXPECT_FALSE(is_record_id(text)) << text;
}

}  // namespace
}  // namespace payferry
