#include "model/error_kind.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/api_error.hpp"

namespace payferry {
namespace {

AnsweredError read(std::string_view body) {
  AnsweredError error;
  JsonReader reader(body);
  read_error(reader, error);
  EXPECT_TRUE(reader.finished());
  return error;
}

TEST(ErrorKind, AnErrorThatSaysNothingIsNone) {
  EXPECT_FALSE(says_anything(read("{}")));
  EXPECT_FALSE(says_anything(read(R"({"status":"error","links":{},"correlationId":"x"})")));
  EXPECT_FALSE(says_anything(read("[1]")));
  for (const std::string_view body :
       {R"({"category":"A"})", R"({"message":"a"})", R"({"code":"A"})", R"({"policyName":"A"})",
        R"({"error":"a"})"}) {
    EXPECT_TRUE(says_anything(read(body))) << body;
  }
}

TEST(ErrorKind, KnowsAUniqueConflictByAnyOfItsSigns) {
  for (const std::string_view body :
       {R"({"category":"CONFLICT"})", R"({"category":"OBJECT_ALREADY_EXISTS"})",
        R"({"errorType":"UNIQUE_VALUE_CONFLICT"})",
        R"({"errors":[{"code":"CONFLICTING_UNIQUE_VALUE","message":"m"}]})",
        R"({"context":{"existingId":["5"]}})", R"({"message":"7 already has that value."})",
        R"({"message":"Contact already exists. Existing ID: 7"})"}) {
    EXPECT_TRUE(is_unique_conflict(read(body))) << body;
  }
  EXPECT_FALSE(is_unique_conflict(read(R"({"category":"VALIDATION_ERROR","message":"no"})")));
}

TEST(ErrorKind, KnowsAPropertyThatNoRecordCanSet) {
  EXPECT_TRUE(is_unusable_property({"PROPERTY_DOESNT_EXIST", "p", "m"}));
  EXPECT_TRUE(is_unusable_property({"", "p", "p is a Read-Only property"}));
  EXPECT_TRUE(is_unusable_property({"X", "p", "p is read only"}));
  EXPECT_FALSE(is_unusable_property({"INVALID_OPTION", "p", "x was not one of the options"}));
}

TEST(ErrorKind, TellsTheServersFaultFromTheRecords) {
  EXPECT_TRUE(is_server_fault(read(R"({"category":"INTERNAL_ERROR"})")));
  EXPECT_FALSE(is_server_fault(read(R"({"category":"VALIDATION_ERROR"})")));
  EXPECT_TRUE(is_rate_limit(read(R"({"errorType":"RATE_LIMIT"})")));
  EXPECT_TRUE(is_rate_limit(read(R"({"policyName":"DAILY"})")));
  EXPECT_FALSE(is_rate_limit(read(R"({"category":"CONFLICT"})")));
}

TEST(ErrorKind, ARefusalAlwaysHasAMessage) {
  Answer answer;
  answer.status = 400;
  EXPECT_THAT(to_refusal(read(R"({"category":"A"})"), answer).message, testing::HasSubstr("400"));
  const Refusal refusal = to_refusal(
      read(
          R"({"category":"A","code":"B","message":"m","context":{"propertyName":["p","q"]},"correlationId":"c"})"),
      answer);
  EXPECT_EQ(refusal.category, "A");
  EXPECT_EQ(refusal.code, "B");
  EXPECT_EQ(refusal.property, "p");
  EXPECT_EQ(refusal.message, "m");
  EXPECT_EQ(refusal.correlation_id, "c");
}

TEST(ErrorKind, TheHeadersCorrelationIdComesFirst) {
  Answer answer;
  answer.correlation_id = "header";
  EXPECT_EQ(to_refusal(read(R"({"correlationId":"body"})"), answer).correlation_id, "header");
}

}  // namespace
}  // namespace payferry
