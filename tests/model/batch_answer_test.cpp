#include "model/batch_answer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <random>
#include <string>
#include <vector>

#include "recorded_bodies.hpp"

namespace payferry {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

BatchAnswer decode(std::string_view body, AnswerInterest interest = {}) {
  return decode_batch_answer(body, interest);
}

const AnsweredError& whole_of(const BatchAnswer& answer) {
  static const AnsweredError kNone;
  EXPECT_TRUE(answer.whole.has_value());
  return answer.whole ? *answer.whole : kNone;
}

TEST(BatchAnswer, EachRecordHasItsOwnMoment) {
  const BatchAnswer answer = decode(
      R"({"results":[{"createdAt":"2025-06-10T21:39:48.394Z"},{"createdAt":"2025-06-10T21:39:48.394Z"},
      {"createdAt":"2025-06-10T21:39:48.395Z"},{"createdAt":"soon"},{"createdAt":""},{},
      {"createdAt":"2025-06-10T21:39:48.394Z"}]})");
  const auto first = parse_iso8601("2025-06-10T21:39:48.394Z");
  const auto second = parse_iso8601("2025-06-10T21:39:48.395Z");
  std::vector<std::optional<Instant>> moments;
  for (const AnsweredRecord& record : answer.results) moments.push_back(record.created_at);
  EXPECT_THAT(moments,
              ElementsAre(first, first, second, std::nullopt, std::nullopt, std::nullopt, first));
}

TEST(BatchAnswer, ReadsTheResultsOfACreate) {
  const BatchAnswer answer = decode(recorded::kCreated, {.id_property = "hs_object_id"});
  ASSERT_TRUE(answer.well_formed);
  EXPECT_TRUE(answer.has_results);
  EXPECT_FALSE(answer.whole);
  ASSERT_THAT(answer.results, SizeIs(1));
  EXPECT_EQ(answer.results[0].id, "383552769679");
  EXPECT_EQ(answer.results[0].key, "383552769679");
  EXPECT_EQ(answer.results[0].created_at, parse_iso8601("2025-06-10T21:39:48.394Z"));
  EXPECT_FALSE(answer.results[0].is_new);
  EXPECT_TRUE(answer.results[0].properties.empty());
  EXPECT_EQ(answer.started_at, parse_iso8601("2025-06-10T21:39:48.100Z"));
  EXPECT_EQ(answer.completed_at, parse_iso8601("2025-06-10T21:39:48.394Z"));
}

TEST(BatchAnswer, PicksWhatItIsAskedFor) {
  constexpr std::string_view kBody =
      R"({"results":[{"new":true,"objectWriteTraceId":"17","properties":{"run":"r1","x":null,"ref":"A-1"},"id":"5"}]})";
  const BatchAnswer answer =
      decode(kBody, {.id_property = "ref", .run_property = "run", .whole_properties = true});
  ASSERT_THAT(answer.results, SizeIs(1));
  EXPECT_EQ(answer.results[0].key, "A-1");
  EXPECT_EQ(answer.results[0].run, "r1");
  EXPECT_EQ(answer.results[0].trace_id, "17");
  EXPECT_EQ(answer.results[0].is_new, true);
  EXPECT_EQ(answer.results[0].properties, R"({"run":"r1","x":null,"ref":"A-1"})");
}

TEST(BatchAnswer, TakesAnIdThatIsANumberAsItIsWritten) {
  const BatchAnswer answer = decode(
      R"({"results":[{"id":383552769679,"properties":{"ref":12.50}}]})", {.id_property = "ref"});
  ASSERT_THAT(answer.results, SizeIs(1));
  EXPECT_EQ(answer.results[0].id, "383552769679");
  EXPECT_EQ(answer.results[0].key, "12.50");
}

TEST(BatchAnswer, SkipsAFieldOfTheWrongKind) {
  const BatchAnswer answer = decode(
      R"({"results":[{"id":{"a":[1,2]},"createdAt":5,"new":"yes","properties":[],"objectWriteTraceId":null},7,"x"],
          "errors":{"a":1},"startedAt":[],"message":{"a":1},"category":[1]})");
  ASSERT_TRUE(answer.well_formed);
  ASSERT_THAT(answer.results, SizeIs(1));
  EXPECT_EQ(answer.results[0].id, "");
  EXPECT_FALSE(answer.results[0].created_at);
  EXPECT_FALSE(answer.results[0].is_new);
  EXPECT_THAT(answer.errors, IsEmpty());
  EXPECT_FALSE(answer.started_at);
  EXPECT_FALSE(answer.whole);
}

TEST(BatchAnswer, TellsAbsentResultsFromEmptyOnes) {
  EXPECT_FALSE(decode("{}").has_results);
  EXPECT_FALSE(decode(R"({"results":null})").has_results);
  EXPECT_TRUE(decode(R"({"results":[]})").has_results);
}

TEST(BatchAnswer, TheLastOfRepeatedKeysCounts) {
  const BatchAnswer answer = decode(R"({"results":[{"id":"1","id":"2"}]})");
  ASSERT_THAT(answer.results, SizeIs(1));
  EXPECT_EQ(answer.results[0].id, "2");
}

TEST(BatchAnswer, ReadsEscapedTextsAndKeys) {
  const BatchAnswer answer = decode(
      R"({"results":[{"\u0069d":"1","properties":{"ref":"a\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00"}}]})",
      {.id_property = "ref"});
  ASSERT_THAT(answer.results, SizeIs(1));
  EXPECT_EQ(answer.results[0].id, "1");
  EXPECT_EQ(answer.results[0].key, "a\"\\/\b\f\n\r\t\xC3\xA9\xF0\x9F\x98\x80");
}

TEST(BatchAnswer, ItsTextsOutliveAMove) {
  const std::string body =
      R"({"results":[{"id":"1","properties":{"ref":"a\u0062"}},{"id":"2\u0033"}]})";
  BatchAnswer first = decode(body, {.id_property = "ref"});
  BatchAnswer second;
  second = std::move(first);
  ASSERT_THAT(second.results, SizeIs(2));
  EXPECT_EQ(second.results[0].key, "ab");
  EXPECT_EQ(second.results[1].id, "23");
}

TEST(BatchAnswer, TakesTheCodeOutOfTheMessage) {
  const BatchAnswer answer = decode(recorded::kDocumentedMultiStatus);
  ASSERT_THAT(answer.results, SizeIs(1));
  ASSERT_THAT(answer.errors, SizeIs(1));
  EXPECT_FALSE(answer.whole);
  const AnsweredError& error = answer.errors[0];
  EXPECT_EQ(error.category, "VALIDATION_ERROR");
  EXPECT_EQ(error.code, "PROPERTY_DOESNT_EXIST");
  EXPECT_EQ(error.message, "Property \"missing\" does not exist");
  EXPECT_THAT(error.properties, ElementsAre("missing"));
  EXPECT_THAT(error.trace_ids, ElementsAre("549b1c2a9351"));
  ASSERT_THAT(error.problems, SizeIs(1));
  EXPECT_EQ(error.problems[0].property, "missing");
}

TEST(BatchAnswer, JoinsTheFindingsOfOneMessage) {
  const BatchAnswer answer = decode(
      R"json({"errors":[{"message":"Property values were not valid: [{\"message\":\"x was not one of the allowed options: [a, b]\",\"error\":\"INVALID_OPTION\",\"name\":\"status\"},{\"message\":\"y was not a valid long.\",\"error\":\"INVALID_LONG\",\"name\":\"date\"},{\"message\":\"y was not a valid long.\",\"error\":\"INVALID_LONG\",\"name\":\"date\"}]"}]})json");
  ASSERT_THAT(answer.errors, SizeIs(1));
  EXPECT_EQ(answer.errors[0].code, "INVALID_OPTION");
  EXPECT_EQ(answer.errors[0].message,
            "x was not one of the allowed options: [a, b]; y was not a valid long.");
  EXPECT_THAT(answer.errors[0].properties, ElementsAre("status", "date"));
  EXPECT_THAT(answer.errors[0].problems, SizeIs(2));
}

TEST(BatchAnswer, KeepsAMessageWhoseJsonIsCutOff) {
  const BatchAnswer answer =
      decode(R"json({"errors":[{"message":"Property values were not valid: [{\"mess"}]})json");
  ASSERT_THAT(answer.errors, SizeIs(1));
  EXPECT_EQ(answer.errors[0].message, "Property values were not valid: [{\"mess");
}

TEST(BatchAnswer, ReadsTheHolderOfAConflict) {
  const BatchAnswer answer = decode(recorded::kConflictMultiStatus);
  ASSERT_THAT(answer.errors, SizeIs(1));
  EXPECT_EQ(answer.errors[0].category, "CONFLICT");
  EXPECT_EQ(answer.errors[0].existing_id, "171591000198");
  EXPECT_THAT(answer.errors[0].trace_ids, ElementsAre("0"));
}

TEST(BatchAnswer, ReadsTheHolderOutOfTheMessage) {
  const BatchAnswer by_words = decode(recorded::kContactExists);
  EXPECT_EQ(whole_of(by_words).existing_id, "171591000198");
  const BatchAnswer by_coordinates = decode(recorded::kUniqueValueTaken);
  EXPECT_EQ(whole_of(by_coordinates).existing_id, "552239500007");
  EXPECT_EQ(whole_of(by_coordinates).held_property, "email");
  EXPECT_EQ(whole_of(by_coordinates).held_value, "x@y.com");
}

TEST(BatchAnswer, ReadsCoordinatesWhoseValueLooksLikeTheirOwnSyntax) {
  const BatchAnswer answer = decode(
      R"({"message":"Cannot set PropertyValueCoordinates{portalId=1, propertyName=ref, value=a, value=b} on 3. 4} on 5. 6 already has that value."})");
  EXPECT_EQ(whole_of(answer).held_property, "ref");
  EXPECT_EQ(whole_of(answer).held_value, "a, value=b} on 3. 4");
  EXPECT_EQ(whole_of(answer).existing_id, "6");
}

TEST(BatchAnswer, NeverTakesTheHalfMadeRecordForTheHolder) {
  const BatchAnswer answer = decode(
      R"({"message":"Cannot set PropertyValueCoordinates{propertyName=ref, value=a} on 552148386511."})");
  EXPECT_EQ(whole_of(answer).existing_id, "");
}

TEST(BatchAnswer, SumsUpARefusalWithItsDetails) {
  const BatchAnswer answer = decode(recorded::kPropertyDoesNotExist);
  EXPECT_FALSE(answer.has_results);
  const AnsweredError& whole = whole_of(answer);
  EXPECT_EQ(whole.category, "VALIDATION_ERROR");
  EXPECT_EQ(whole.code, "PROPERTY_DOESNT_EXIST");
  EXPECT_EQ(whole.message, "Property \"testproperty\" does not exist");
  EXPECT_THAT(whole.properties, ElementsAre("testproperty"));
  EXPECT_EQ(whole.correlation_id, "8a3f6c3a-8296-4002-b0a6-2a06fecf7c0c");
  EXPECT_THAT(whole.problems, SizeIs(1));
}

TEST(BatchAnswer, ReadsWhatWasNotFound) {
  const BatchAnswer answer = decode(recorded::kNotFound);
  EXPECT_TRUE(answer.has_results);
  ASSERT_THAT(answer.errors, SizeIs(1));
  EXPECT_EQ(answer.errors[0].category, "OBJECT_NOT_FOUND");
  EXPECT_THAT(answer.errors[0].ids, ElementsAre("meows@loudly.lol"));
}

TEST(BatchAnswer, TakesContextAsListTextOrNumber) {
  const BatchAnswer answer = decode(
      R"({"errors":[{"context":{"ids":"A","objectWriteTraceId":7,"existingId":["9","8"],"propertyName":null}},
                    {"context":["not","an","object"]},{"context":{"id":["B"]}}]})");
  ASSERT_THAT(answer.errors, SizeIs(3));
  EXPECT_THAT(answer.errors[0].ids, ElementsAre("A"));
  EXPECT_THAT(answer.errors[0].trace_ids, ElementsAre("7"));
  EXPECT_EQ(answer.errors[0].existing_id, "9");
  EXPECT_THAT(answer.errors[0].properties, IsEmpty());
  EXPECT_THAT(answer.errors[2].ids, ElementsAre("B"));
}

TEST(BatchAnswer, TakesErrorTypeInPlaceOfACategory) {
  EXPECT_EQ(whole_of(decode(recorded::kDailyLimit)).category, "RATE_LIMIT");
  EXPECT_EQ(whole_of(decode(recorded::kDailyLimit)).policy_name, "DAILY");
  const BatchAnswer both = decode(R"({"errorType":"A","category":"B"})");
  EXPECT_EQ(whole_of(both).category, "B");
  EXPECT_EQ(whole_of(decode(R"({"category":"B","errorType":"A"})")).category, "B");
}

TEST(BatchAnswer, TakesASubCategoryThatIsATextOrAnObject) {
  EXPECT_EQ(
      whole_of(decode(R"({"message":"m","subCategory":"crm.associations.INVALID_IDENTIFIER"})"))
          .sub_category,
      "crm.associations.INVALID_IDENTIFIER");
  EXPECT_EQ(whole_of(decode(R"({"message":"m","subCategory":{"n":{},"name":"X"}})")).sub_category,
            "X");
}

TEST(BatchAnswer, ReadsTheBodiesOfTheOAuthEndpoint) {
  const BatchAnswer grant = decode(recorded::kInvalidGrant);
  EXPECT_EQ(whole_of(grant).category, "BAD_REFRESH_TOKEN");
  EXPECT_EQ(whole_of(grant).code, "invalid_grant");
  EXPECT_EQ(whole_of(grant).message, "refresh token is invalid, expired or revoked");
  EXPECT_EQ(whole_of(decode(recorded::kBadHub)).category, "BAD_HUB");
  EXPECT_EQ(whole_of(decode(recorded::kInvalidClient)).code, "invalid_client");
}

TEST(BatchAnswer, ReadsAGatewaysJson) {
  const BatchAnswer answer = decode(recorded::kCloudflare);
  EXPECT_EQ(whole_of(answer).category, "rate_limit");
  EXPECT_EQ(whole_of(answer).message,
            "You are being rate-limited by the website owner's configuration.");
  EXPECT_EQ(whole_of(answer).retry_after, std::chrono::seconds(30));
}

TEST(BatchAnswer, ReadsScopesAndExpiry) {
  EXPECT_THAT(whole_of(decode(recorded::kMissingScopes)).required_scopes,
              ElementsAre("crm.objects.deals.read", "…"));
  EXPECT_EQ(whole_of(decode(recorded::kMissingScopes)).category, "MISSING_SCOPES");
  EXPECT_EQ(whole_of(decode(recorded::kExpiredToken)).expired_at,
            parse_iso8601("2022-06-21T10:37:52.040Z"));
}

TEST(BatchAnswer, MakesTextsFitForALog) {
  std::string body = R"({"message":"a\u0000b\nc)";
  body += "\xFF\xC3";
  body += R"(\ud800)";
  body.append(5000, 'x') += "\"}";
  const BatchAnswer answer = decode(body);
  const std::string& message = whole_of(answer).message;
  EXPECT_TRUE(message.starts_with("a b c\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBDxxx")) << message;
  EXPECT_LT(message.size(), 1100U);
}

TEST(BatchAnswer, RefusesWhatIsNoJsonObject) {
  for (const std::string_view body : {"",
                                      " ",
                                      "null",
                                      "[]",
                                      "\"x\"",
                                      "7",
                                      "{",
                                      "}",
                                      "{}{}",
                                      "{},",
                                      "nonsense",
                                      "{\"a\":}",
                                      "{\"a\" 1}",
                                      "{\"a\":1,}",
                                      "{a:1}",
                                      "{\"a\":tru}",
                                      "{\"a\":01e}",
                                      "{\"a\":-}",
                                      "{\"a\":1 2}",
                                      "\xEF\xBB\xBF{}",
                                      "{\"results\":[{}}",
                                      "{\"results\":[}",
                                      "{\"a\":\"\\\"}"}) {
    EXPECT_FALSE(decode(body).well_formed) << body;
  }
  EXPECT_FALSE(decode(recorded::kGatewayPage).well_formed);
  EXPECT_FALSE(decode(std::string_view("{\0}", 3)).well_formed);
}

TEST(BatchAnswer, TakesBlanksAroundTheObject) {
  EXPECT_TRUE(
      decode(" \r\n\t{ \"a\" : [ 1 , 2.5e-3 , -0 , true , false , null , { } ] } \n").well_formed);
}

TEST(BatchAnswer, RefusesAnAbyssOfBrackets) {
  const std::string deep = "{\"a\":" + std::string(100'000, '[') + std::string(100'000, ']') + "}";
  EXPECT_FALSE(decode(deep).well_formed);
  const std::string shallow = "{\"a\":" + std::string(40, '[') + std::string(40, ']') + "}";
  EXPECT_TRUE(decode(shallow).well_formed);
}

TEST(BatchAnswer, NeverTakesAnAnswerThatWasCutOffForAWholeOne) {
  for (const std::string_view body : recorded::kAll) {
    EXPECT_TRUE(decode(body).well_formed) << body;
    for (std::size_t length = 0; length < body.size(); ++length) {
      const std::string cut(body.substr(0, length));
      const BatchAnswer answer = decode(cut, {.id_property = "email", .whole_properties = true});
      EXPECT_FALSE(answer.well_formed) << cut;
      EXPECT_THAT(answer.results, IsEmpty());
      EXPECT_THAT(answer.errors, IsEmpty());
    }
  }
}

TEST(BatchAnswer, SurvivesRandomDamage) {
  std::mt19937 random(1);
  const auto upto = [&random](std::size_t end) {
    return std::uniform_int_distribution<std::size_t>(0, end - 1)(random);
  };
  constexpr std::string_view kSpice = "{}[]\",:\\u0d8 \n\x80\xFFtn1-e.";
  for (int round = 0; round < 20'000; ++round) {
    std::string body(recorded::kAll[upto(std::size(recorded::kAll))]);
    for (std::size_t changes = 1 + upto(4); changes > 0; --changes) {
      const std::size_t at = upto(body.size());
      switch (upto(3)) {
        case 0:
          body[at] = kSpice[upto(kSpice.size())];
          break;
        case 1:
          body.erase(at, 1 + upto(20));
          break;
        default:
          body.insert(at, 1, kSpice[upto(kSpice.size())]);
          break;
      }
      if (body.empty()) body = "{";
    }
    const BatchAnswer answer = decode(body, {.id_property = "email", .whole_properties = true});
    if (!answer.well_formed) {
      EXPECT_THAT(answer.results, IsEmpty());
    }
  }
}

}  // namespace
}  // namespace payferry
