#include "model/classify_read.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "recorded_bodies.hpp"

namespace payferry {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::IsEmpty;

using enum LookUp::Kind;

struct Read {
  std::string text;  ///< what the body's records are views into
  BatchAnswer body;
  ReadVerdict verdict;

  std::vector<LookUp::Kind> kinds() const {
    std::vector<LookUp::Kind> list;
    for (const LookUp& look_up : verdict.look_ups) list.push_back(look_up.kind);
    return list;
  }
};

Read read(int status, std::string_view body, const std::vector<std::string_view>& asked,
          ReadBy by = ReadBy::key) {
  Answer answer;
  answer.reach = Reach::answered;
  answer.status = status;
  Read result;
  result.text = body;
  result.body = decode_batch_answer(result.text, {.id_property = "ref", .run_property = "run"});
  result.verdict = classify_read(answer, result.body, asked, by);
  return result;
}

constexpr std::string_view kFoundA =
    R"({"id":"10","properties":{"ref":"A","run":"r1"},"createdAt":"2025-06-10T21:39:48.394Z"})";

std::string partial(std::string_view results, std::string_view missing) {
  return R"({"status":"COMPLETE","results":[)" + std::string(results) +
         R"(],"numErrors":1,"errors":[{"status":"error","category":"OBJECT_NOT_FOUND","message":"Could not get some COMMERCE_PAYMENT objects, they may be deleted or not exist. Check that ids are valid.","context":{"ids":[)" +
         std::string(missing) + "]}}]}";
}

TEST(ClassifyRead, TellsFoundFromMissing) {
  const Read result = read(207, partial(kFoundA, R"("B","C")"), {"C", "A", "B"});
  EXPECT_EQ(result.verdict.reaction, Reaction::none);
  EXPECT_FALSE(result.verdict.ask_in_halves);
  EXPECT_THAT(result.kinds(), ElementsAre(missing, found, missing));
  EXPECT_EQ(result.verdict.look_ups[1].record->id, "10");
  EXPECT_EQ(result.verdict.look_ups[1].record->run, "r1");
}

TEST(ClassifyRead, ReadsTheRecordedAnswer) {
  EXPECT_THAT(read(207, recorded::kNotFound, {"meows@loudly.lol"}).kinds(), ElementsAre(missing));
  EXPECT_THAT(read(207, recorded::kNotFound, {"Meows@Loudly.lol"}).kinds(), ElementsAre(missing));
}

TEST(ClassifyRead, FindsByRecordIdToo) {
  const Read result = read(200, recorded::kCreated, {"383552769679"}, ReadBy::record_id);
  EXPECT_THAT(result.kinds(), ElementsAre(found));
}

TEST(ClassifyRead, AnEmptyAnswerForOneMissingKeyIsAskedForAgainInHalves) {
  const Read result = read(207, partial("", R"("B")"), {"A", "B", "C"});
  EXPECT_EQ(result.verdict.reaction, Reaction::none);
  EXPECT_TRUE(result.verdict.ask_in_halves);
  EXPECT_THAT(result.kinds(), ElementsAre(not_told, missing, not_told));
}

TEST(ClassifyRead, AllNamedAsMissingAreMissing) {
  const Read result = read(207, partial("", R"("A","B")"), {"A", "B"});
  EXPECT_FALSE(result.verdict.ask_in_halves);
  EXPECT_THAT(result.kinds(), Each(missing));
}

TEST(ClassifyRead, A200WithoutErrorsLeavesOutWhatIsMissing) {
  const std::string body = R"({"status":"COMPLETE","results":[)" + std::string(kFoundA) + "]}";
  EXPECT_THAT(read(200, body, {"A", "B"}).kinds(), ElementsAre(found, missing));
  // Not so a 207, which is to name them.
  const Read partial_read = read(207, body, {"A", "B"});
  EXPECT_THAT(partial_read.kinds(), ElementsAre(found, not_told));
  EXPECT_TRUE(partial_read.verdict.ask_in_halves);
}

TEST(ClassifyRead, AnEmpty200ProvesOneKeyMissingButNotSeveral) {
  constexpr std::string_view kEmpty = R"({"status":"COMPLETE","results":[]})";
  EXPECT_THAT(read(200, kEmpty, {"A"}).kinds(), ElementsAre(missing));
  const Read several = read(200, kEmpty, {"A", "B"});
  EXPECT_THAT(several.kinds(), Each(not_told));
  EXPECT_TRUE(several.verdict.ask_in_halves);
}

TEST(ClassifyRead, ASuccessThatSaysNothingIsAskedForAgain) {
  for (const std::string_view body : {"", "{}", "<html>", R"({"results":[{"id":"1")"}) {
    const Read one = read(200, body, {"A"});
    EXPECT_THAT(one.kinds(), ElementsAre(not_told)) << body;
    EXPECT_EQ(one.verdict.reaction, Reaction::retry) << body;
    EXPECT_FALSE(one.verdict.ask_in_halves);
    EXPECT_FALSE(one.verdict.whole.message.empty());
    EXPECT_TRUE(read(200, body, {"A", "B"}).verdict.ask_in_halves) << body;
  }
}

TEST(ClassifyRead, AnErrorOfAnotherKindProvesNothingMissing) {
  constexpr std::string_view kBody =
      R"({"results":[],"errors":[{"category":"INTERNAL_ERROR","message":"m","context":{"ids":["A"]}}]})";
  EXPECT_THAT(read(207, kBody, {"A"}).kinds(), ElementsAre(not_told));
}

TEST(ClassifyRead, AStrangersRecordIsNobodys) {
  const std::string body = R"({"results":[)" + std::string(kFoundA) + "]}";
  EXPECT_THAT(read(207, body, {"B"}).kinds(), ElementsAre(not_told));
}

TEST(ClassifyRead, TakesAKeyInOtherCaseWhereOneRecordHasIt) {
  constexpr std::string_view kBody =
      R"({"results":[{"id":"10","properties":{"ref":"a"}},{"id":"11","properties":{"ref":"b "}},{"id":"12","properties":{"ref":"B"}}]})";
  EXPECT_THAT(read(207, kBody, {"A", "B", " b"}).kinds(), ElementsAre(found, found, not_told));
}

TEST(ClassifyRead, FailuresAreThoseOfEveryCall) {
  EXPECT_EQ(read(429, recorded::kBurstLimit, {"A"}).verdict.reaction, Reaction::throttled);
  EXPECT_EQ(read(502, recorded::kGatewayPage, {"A"}).verdict.reaction, Reaction::retry);
  EXPECT_EQ(read(403, recorded::kMissingScopes, {"A"}).verdict.stop_kind, StopKind::scope_missing);
  EXPECT_EQ(read(404, recorded::kGatewayPage, {"A"}).verdict.reaction, Reaction::stop);
  EXPECT_THAT(read(502, recorded::kGatewayPage, {"A"}).kinds(), ElementsAre(not_told));
}

TEST(ClassifyRead, A404MayNameWhatIsMissing) {
  constexpr std::string_view kBody =
      R"({"status":"error","category":"OBJECT_NOT_FOUND","message":"no","context":{"ids":["A"]}})";
  EXPECT_THAT(read(404, kBody, {"A"}).kinds(), ElementsAre(missing));
}

TEST(ClassifyRead, AWholeRefusalIsHalvedDownToTheOneKey) {
  const Read several = read(400, recorded::kInvalidJson, {"A", "B"});
  EXPECT_EQ(several.verdict.reaction, Reaction::isolate);
  EXPECT_TRUE(several.verdict.ask_in_halves);
  const Read one = read(400, recorded::kInvalidJson, {"A"});
  EXPECT_EQ(one.verdict.reaction, Reaction::isolate);
  EXPECT_FALSE(one.verdict.ask_in_halves);
  EXPECT_FALSE(one.verdict.whole.message.empty());
}

TEST(ClassifyRead, NothingAskedIsNothingTold) {
  const Read result = read(200, R"({"results":[]})", {});
  EXPECT_EQ(result.verdict.reaction, Reaction::none);
  EXPECT_THAT(result.kinds(), IsEmpty());
}

}  // namespace
}  // namespace payferry
