#include "model/classify_call.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "recorded_bodies.hpp"

namespace payferry {
namespace {

using testing::Each;
using testing::ElementsAre;
using enum InputFate;

Answer answered(int status) {
  Answer answer;
  answer.reach = Reach::answered;
  answer.status = status;
  return answer;
}

CallVerdict archive(int status, std::string_view body, std::vector<std::string_view> ids) {
  return classify_archive(answered(status), decode_batch_answer(body, {}), ids);
}

CallVerdict associate(int status, std::string_view body, std::size_t count = 2) {
  std::vector<AssociationInput> inputs{{"1", "11", "HUBSPOT_DEFINED", 387},
                                       {"2", "12", "HUBSPOT_DEFINED", 387}};
  inputs.resize(count);
  return classify_associate(answered(status), decode_batch_answer(body, {}), inputs);
}

constexpr std::string_view kInvalidId =
    R"({"status":"COMPLETE","results":[],"numErrors":1,"errors":[{"status":"error","category":"VALIDATION_ERROR","subCategory":"crm.associations.INVALID_IDENTIFIER","message":"12 is not a valid ID","context":{"id":["12"]}}]})";

TEST(ClassifyArchive, A204HasArchivedAll) {
  const CallVerdict verdict = archive(204, "", {"1", "2"});
  EXPECT_EQ(verdict.reaction, Reaction::none);
  EXPECT_THAT(verdict.fates, Each(done));
}

TEST(ClassifyArchive, AnotherSuccessNeedsABodyOfHubSpots) {
  EXPECT_THAT(archive(200, "{}", {"1"}).fates, Each(done));
  EXPECT_THAT(archive(200, recorded::kGatewayPage, {"1"}).fates, Each(not_told));
  EXPECT_EQ(archive(200, recorded::kGatewayPage, {"1"}).reaction, Reaction::retry);
}

TEST(ClassifyArchive, AnErrorRefusesTheIdsThatItNames) {
  constexpr std::string_view kBody =
      R"({"errors":[{"category":"VALIDATION_ERROR","message":"no","context":{"ids":["2"]}}]})";
  const CallVerdict verdict = archive(207, kBody, {"1", "2"});
  EXPECT_THAT(verdict.fates, ElementsAre(done, refused));
  EXPECT_EQ(verdict.refusals[1].message, "no");
}

TEST(ClassifyArchive, WhatHubSpotDoesNotHaveIsDoneWith) {
  constexpr std::string_view kBody =
      R"({"errors":[{"category":"OBJECT_NOT_FOUND","message":"no","context":{"ids":["2"]}}]})";
  EXPECT_THAT(archive(207, kBody, {"1", "2"}).fates, ElementsAre(done, done));
}

TEST(ClassifyArchive, A404ThatNamesRecordsLeavesTheOthersToBeSentAgain) {
  constexpr std::string_view kBody =
      R"({"category":"OBJECT_NOT_FOUND","message":"no","context":{"ids":["2"]}})";
  const CallVerdict verdict = archive(404, kBody, {"1", "2"});
  EXPECT_EQ(verdict.reaction, Reaction::none);
  EXPECT_THAT(verdict.fates, ElementsAre(not_told, done));
  EXPECT_FALSE(verdict.send_in_halves);
}

TEST(ClassifyArchive, A404ThatNamesNobodyIsHalvedDownToTheOne) {
  constexpr std::string_view kBody = R"({"category":"OBJECT_NOT_FOUND","message":"no"})";
  const CallVerdict several = archive(404, kBody, {"1", "2"});
  EXPECT_THAT(several.fates, Each(not_told));
  EXPECT_TRUE(several.send_in_halves);
  EXPECT_THAT(archive(404, kBody, {"1"}).fates, ElementsAre(done));
}

TEST(ClassifyArchive, A404OfTheEndpointStopsTheCommand) {
  EXPECT_EQ(archive(404, "<html>", {"1"}).reaction, Reaction::stop);
}

TEST(ClassifyArchive, AnErrorThatNamesNobodyIsHalvedDownToTheOne) {
  constexpr std::string_view kBody = R"({"errors":[{"category":"X","message":"no"}]})";
  const CallVerdict several = archive(207, kBody, {"1", "2"});
  EXPECT_TRUE(several.send_in_halves);
  EXPECT_THAT(several.fates, Each(not_told));
  EXPECT_THAT(archive(207, kBody, {"1"}).fates, ElementsAre(refused));
  const CallVerdict whole = archive(400, recorded::kInvalidJson, {"1", "2"});
  EXPECT_EQ(whole.reaction, Reaction::none);
  EXPECT_TRUE(whole.send_in_halves);
  const CallVerdict one = archive(400, recorded::kInvalidJson, {"1"});
  EXPECT_FALSE(one.send_in_halves);
  EXPECT_THAT(one.fates, ElementsAre(refused));
}

TEST(ClassifyArchive, AServersFaultRefusesNothing) {
  constexpr std::string_view kBody =
      R"({"errors":[{"category":"INTERNAL_ERROR","message":"no","context":{"ids":["1"]}}]})";
  EXPECT_THAT(archive(207, kBody, {"1"}).fates, ElementsAre(not_told));
  EXPECT_EQ(archive(207, kBody, {"1"}).reaction, Reaction::retry);
  EXPECT_EQ(archive(502, recorded::kGatewayPage, {"1"}).reaction, Reaction::retry);
  EXPECT_THAT(archive(502, recorded::kGatewayPage, {"1"}).fates, ElementsAre(not_told));
  EXPECT_EQ(archive(429, recorded::kDailyLimit, {"1"}).throttle, ThrottlePolicy::daily);
  EXPECT_EQ(archive(403, recorded::kMissingScopes, {"1"}).stop_kind, StopKind::scope_missing);
}

TEST(ClassifyAssociate, WhatNoErrorNamesIsDone) {
  constexpr std::string_view kResults =
      R"({"status":"COMPLETE","results":[{"fromObjectId":1,"toObjectId":11}],"errors":[{"message":"12 is not a valid ID","context":{"id":["12"]}}]})";
  EXPECT_THAT(associate(207, kResults).fates, ElementsAre(done, refused));
  EXPECT_THAT(associate(201, R"({"results":[{"a":1},{"a":2}]})").fates, Each(done));
}

TEST(ClassifyAssociate, ASuccessWithoutResultsHasDoneNothing) {
  const CallVerdict verdict = associate(201, R"({"status":"COMPLETE","results":[]})");
  EXPECT_THAT(verdict.fates, Each(not_told));
  EXPECT_EQ(verdict.reaction, Reaction::retry);
  EXPECT_THAT(associate(207, kInvalidId).fates, ElementsAre(not_told, refused));
}

}  // namespace
}  // namespace payferry
