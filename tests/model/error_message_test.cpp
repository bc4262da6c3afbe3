#include "model/error_message.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace payferry {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

AnsweredError with_message(std::string message) {
  AnsweredError error;
  error.message = std::move(message);
  read_error_message(error);
  return error;
}

TEST(ErrorMessage, AnOrdinaryMessageStaysAsItIs) {
  const AnsweredError error = with_message("Something went wrong: [no details]");
  EXPECT_EQ(error.message, "Something went wrong: [no details]");
  EXPECT_THAT(error.problems, IsEmpty());
  EXPECT_EQ(error.existing_id, "");
}

TEST(ErrorMessage, FindingsMakeUpCodePropertiesAndMessage) {
  const AnsweredError error = with_message(
      R"(Property values were not valid: [{"isValid":false,"message":"a is bad","error":"A","name":"a"},{"localizedErrorMessage":"b is bad","error":"B","name":"b"}])");
  EXPECT_EQ(error.code, "A");
  EXPECT_EQ(error.message, "a is bad; b is bad");
  EXPECT_THAT(error.properties, ElementsAre("a", "b"));
  ASSERT_THAT(error.problems, SizeIs(2));
  EXPECT_EQ(error.problems[1].code, "B");
  EXPECT_EQ(error.problems[1].message, "b is bad");
}

TEST(ErrorMessage, AConflictInsideAFindingIsAConflictStill) {
  const AnsweredError error = with_message(
      R"(Property values were not valid: [{"message":"Cannot set PropertyValueCoordinates{propertyName=ref, value=v} on 5. 6 already has that value.","error":"CONFLICTING_UNIQUE_VALUE","name":"ref"}])");
  EXPECT_EQ(error.existing_id, "6");
  EXPECT_EQ(error.held_property, "ref");
  EXPECT_EQ(error.held_value, "v");
}

TEST(ErrorMessage, FindingsOfThousandsOfRecordsAreBounded) {
  std::string message = "Property values were not valid: [";
  for (int i = 0; i < 5000; ++i) {
    message += (i == 0 ? "" : ",") + std::string(R"({"message":"m)") + std::to_string(i) + "\"}";
  }
  const AnsweredError error = with_message(message + "]");
  EXPECT_LE(error.problems.size(), 100U);
  EXPECT_LT(error.message.size(), 1100U);
}

TEST(ErrorMessage, CoordinatesThatLackAPartNameNothing) {
  EXPECT_EQ(with_message("PropertyValueCoordinates{portalId=1}").held_property, "");
  EXPECT_EQ(with_message("PropertyValueCoordinates{propertyName=a}").held_property, "");
  const AnsweredError open = with_message("PropertyValueCoordinates{propertyName=a, value=b");
  EXPECT_EQ(open.held_property, "a");
  EXPECT_EQ(open.held_value, "");
}

TEST(ErrorMessage, AnExistingIdGivenInTheContextStands) {
  AnsweredError error;
  error.existing_id = "1";
  error.message = "Existing ID: 2";
  read_error_message(error);
  EXPECT_EQ(error.existing_id, "1");
}

TEST(ErrorMessage, ADetailIsAbsorbedOnce) {
  AnsweredError detail;
  detail.code = "A";
  detail.message = "m";
  detail.properties = {"p"};
  detail.trace_ids = {"1"};
  AnsweredError error;
  absorb_detail(error, detail);
  absorb_detail(error, detail);
  EXPECT_THAT(error.problems, SizeIs(1));
  EXPECT_EQ(error.problems[0].property, "p");
  EXPECT_THAT(error.properties, ElementsAre("p"));
  EXPECT_THAT(error.trace_ids, ElementsAre("1"));
}

}  // namespace
}  // namespace payferry
