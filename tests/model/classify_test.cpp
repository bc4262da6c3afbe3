#include "model/classify.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <random>
#include <string>

#include "recorded_bodies.hpp"
#include "sent_batch.hpp"

namespace payferry {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;

using enum FateKind;

Answer answered(int status) {
  Answer answer;
  answer.reach = Reach::answered;
  answer.status = status;
  answer.correlation_id = "correlation-1";
  return answer;
}

Verdict classify(int status, std::string_view body, const SentBatch& batch,
                 WriteMode mode = WriteMode::create) {
  const AnswerInterest interest{
      .id_property = "ref", .run_property = "run", .whole_properties = true};
  return classify_write(answered(status), decode_batch_answer(body, interest), batch.sent(), mode);
}

std::vector<FateKind> kinds(const Verdict& verdict) {
  std::vector<FateKind> list;
  for (const Fate& fate : verdict.fates) list.push_back(fate.kind);
  return list;
}

std::string refused_by_trace(std::string_view trace) {
  return R"({"status":"error","category":"VALIDATION_ERROR","message":"bad )" + std::string(trace) +
         R"(","context":{"objectWriteTraceId":[")" + std::string(trace) + R"("]}})";
}

TEST(ClassifyWrite, PairsByKeyWhateverTheOrder) {
  const Verdict verdict = classify(
      201,
      R"({"results":[{"id":"11","properties":{"ref":"B","run":"r1"},"createdAt":"2025-06-10T21:39:48.394Z"},
                     {"id":"10","properties":{"ref":"A"}}]})",
      SentBatch().keyed("A").keyed("B"));
  EXPECT_EQ(verdict.reaction, Reaction::none);
  EXPECT_THAT(kinds(verdict), ElementsAre(created, created));
  EXPECT_EQ(verdict.fates[0].id, "10");
  EXPECT_EQ(verdict.fates[1].id, "11");
  EXPECT_EQ(verdict.fates[1].run, "r1");
  EXPECT_EQ(verdict.fates[1].created_at, parse_iso8601("2025-06-10T21:39:48.394Z"));
  EXPECT_EQ(verdict.strangers, 0U);
}

TEST(ClassifyWrite, PairsByAnEchoedTraceId) {
  const Verdict verdict = classify(
      201,
      R"({"results":[{"id":"11","objectWriteTraceId":"2"},{"id":"10","objectWriteTraceId":"1"}]})",
      SentBatch().keyless("{}").keyless("{}"));
  EXPECT_THAT(kinds(verdict), ElementsAre(created, created));
  EXPECT_EQ(verdict.fates[0].id, "10");
  EXPECT_EQ(verdict.fates[1].id, "11");
}

TEST(ClassifyWrite, AResultWhoseKeyAndTraceIdDisagreeProvesNothing) {
  const Verdict verdict = classify(
      201, R"({"results":[{"id":"10","objectWriteTraceId":"2","properties":{"ref":"A"}}]})",
      SentBatch().keyed("A").keyed("B"));
  EXPECT_THAT(kinds(verdict), ElementsAre(in_doubt, in_doubt));
}

TEST(ClassifyWrite, PairsAKeyThatCameBackInOtherCaseOrWithoutBlanks) {
  const Verdict verdict = classify(
      201,
      R"({"results":[{"id":"10","properties":{"ref":"pay-1"}},{"id":"11","properties":{"ref":"PAY-2"}}]})",
      SentBatch().keyed("PAY-1").keyed(" PAY-2 "));
  EXPECT_THAT(kinds(verdict), ElementsAre(created, created));
  EXPECT_EQ(verdict.fates[0].id, "10");
}

TEST(ClassifyWrite, AKeyThatTwoEntriesShareButForCaseIsPairedExactlyOrNotAtAll) {
  const SentBatch batch = SentBatch().keyed("pay").keyed("PAY");
  const Verdict exact = classify(
      201,
      R"({"results":[{"id":"10","properties":{"ref":"PAY"}},{"id":"11","properties":{"ref":"pay"}}]})",
      batch);
  EXPECT_EQ(exact.fates[0].id, "11");
  EXPECT_EQ(exact.fates[1].id, "10");
  const Verdict folded =
      classify(201, R"({"results":[{"id":"10","properties":{"ref":"Pay"}}]})", batch);
  EXPECT_THAT(kinds(folded), ElementsAre(in_doubt, in_doubt));
  EXPECT_EQ(folded.strangers, 1U);
}

TEST(ClassifyWrite, WhatIsInNeitherListIsInDoubt) {
  const Verdict verdict =
      classify(201, R"({"results":[{"id":"10","properties":{"ref":"A"}}],"errors":[]})",
               SentBatch().keyed("A").keyed("B"));
  EXPECT_EQ(verdict.reaction, Reaction::none);
  EXPECT_THAT(kinds(verdict), ElementsAre(created, in_doubt));
}

TEST(ClassifyWrite, ASuccessThatAccountsForNobodyLeavesAllInDoubt) {
  const SentBatch batch = SentBatch().keyed("A").keyed("B");
  for (const std::string_view body :
       {"", "{}", R"({"results":[]})", R"({"status":"COMPLETE","results":[],"errors":[]})",
        R"({"results":null})", "<html></html>", R"({"results":[{"id":"10","proper)",
        R"({"status":"error","message":"You were not meant to see this"})"}) {
    for (const int status : {200, 201, 202, 204, 207}) {
      const Verdict verdict = classify(status, body, batch);
      EXPECT_EQ(verdict.reaction, Reaction::none) << status << body;
      EXPECT_THAT(kinds(verdict), Each(in_doubt)) << status << body;
    }
  }
}

TEST(ClassifyWrite, AStrangersResultIsCountedAndIgnored) {
  const Verdict verdict = classify(
      201,
      R"({"results":[{"id":"9","properties":{"ref":"Z"}},{"id":"10","properties":{"ref":"A"}}]})",
      SentBatch().keyed("A").keyed("B"));
  EXPECT_THAT(kinds(verdict), ElementsAre(created, in_doubt));
  EXPECT_EQ(verdict.strangers, 1U);
}

TEST(ClassifyWrite, TwoRecordsForOneEntryAreOneTooManyToBelieve) {
  const SentBatch batch = SentBatch().keyed("A");
  const Verdict two = classify(
      201,
      R"({"results":[{"id":"10","properties":{"ref":"A"}},{"id":"11","properties":{"ref":"A"}}]})",
      batch);
  EXPECT_THAT(kinds(two), ElementsAre(in_doubt));
  const Verdict same_twice = classify(
      201,
      R"({"results":[{"id":"10","properties":{"ref":"A"}},{"id":"10","properties":{"ref":"A"}}]})",
      batch);
  EXPECT_THAT(kinds(same_twice), ElementsAre(created));
}

TEST(ClassifyWrite, AKeyedResultWithoutAnIdIsInDoubt) {
  const Verdict verdict =
      classify(201, R"({"results":[{"properties":{"ref":"A"}}]})", SentBatch().keyed("A"));
  EXPECT_THAT(kinds(verdict), ElementsAre(in_doubt));
}

TEST(ClassifyWrite, ARecordMadeLongBeforeTheCallIsNotThisCreatesWork) {
  const auto body = [](std::string_view created_at) {
    return R"({"results":[{"id":"10","properties":{"ref":"A"},"createdAt":")" +
           std::string(created_at) + R"("}],"startedAt":"2025-06-10T21:39:48.100Z"})";
  };
  const SentBatch batch = SentBatch().keyed("A");
  const Verdict old = classify(201, body("2025-06-10T21:30:00.000Z"), batch);
  EXPECT_THAT(kinds(old), ElementsAre(held));
  EXPECT_EQ(old.fates[0].id, "10");
  EXPECT_THAT(kinds(classify(201, body("2025-06-10T21:39:47.900Z"), batch)), ElementsAre(created));
}

TEST(ClassifyWrite, AnUpsertIsCreatedOnlyWhereHubSpotSaysSo) {
  const Verdict verdict = classify(
      200,
      R"({"results":[{"id":"10","new":true,"properties":{"ref":"A"}},{"id":"11","new":false,"properties":{"ref":"B"}},
                     {"id":"12","properties":{"ref":"C"}}]})",
      SentBatch().keyed("A").keyed("B").keyed("C"), WriteMode::upsert);
  EXPECT_THAT(kinds(verdict), ElementsAre(created, updated, updated));
}

TEST(ClassifyWrite, AnErrorRefusesTheRecordThatItNames) {
  const std::string body = R"({"results":[{"id":"10","properties":{"ref":"A"}}],"errors":[)" +
                           refused_by_trace("2") + "]}";
  const Verdict verdict = classify(207, body, SentBatch().keyed("A").keyed("B").keyed("C"));
  EXPECT_THAT(kinds(verdict), ElementsAre(created, refused, in_doubt));
  EXPECT_EQ(verdict.fates[1].refusal->category, "VALIDATION_ERROR");
  EXPECT_EQ(verdict.fates[1].refusal->message, "bad 2");
  EXPECT_EQ(verdict.fates[1].refusal->correlation_id, "correlation-1");
}

TEST(ClassifyWrite, ARefusalCarriesCodePropertyAndTheRecordsOwnMessage) {
  std::string body(recorded::kDocumentedMultiStatus);
  body.replace(body.find("549b1c2a9351"), 12, "1");
  const Verdict verdict = classify(207, body, SentBatch().keyed("A"));
  ASSERT_THAT(kinds(verdict), ElementsAre(refused));
  EXPECT_EQ(verdict.fates[0].refusal->code, "PROPERTY_DOESNT_EXIST");
  EXPECT_EQ(verdict.fates[0].refusal->property, "missing");
  EXPECT_EQ(verdict.fates[0].refusal->message, "Property \"missing\" does not exist");
}

TEST(ClassifyWrite, OneErrorMayNameSeveralRecordsAndOneRecordHaveSeveralErrors) {
  const Verdict verdict = classify(207,
                                   R"({"results":[],"errors":[
           {"category":"VALIDATION_ERROR","message":"first","context":{"objectWriteTraceId":["1","2"]}},
           {"category":"VALIDATION_ERROR","message":"second","context":{"objectWriteTraceId":["2"]}}]})",
                                   SentBatch().keyed("A").keyed("B"));
  EXPECT_THAT(kinds(verdict), ElementsAre(refused, refused));
  EXPECT_EQ(verdict.fates[0].refusal->message, "first");
  EXPECT_EQ(verdict.fates[1].refusal->message, "first; second");
}

TEST(ClassifyWrite, AConflictIsHeldByTheRecordThatTheErrorNames) {
  std::string body(recorded::kConflictMultiStatus);
  body.replace(body.find("[\"0\"]"), 5, "[\"1\"]");
  const Verdict verdict = classify(207, body, SentBatch().keyed("A"));
  EXPECT_THAT(kinds(verdict), ElementsAre(held));
  EXPECT_EQ(verdict.fates[0].id, "171591000198");
  EXPECT_EQ(verdict.fates[0].refusal->category, "CONFLICT");
}

TEST(ClassifyWrite, AConflictMayNameTheRecordByTheValueAlone) {
  const auto body = [](std::string_view value) {
    return R"({"results":[],"errors":[{"category":"VALIDATION_ERROR","message":"Cannot set PropertyValueCoordinates{portalId=1, propertyName=ref, value=)" +
           std::string(value) + R"(} on 5. 6 already has that value."}]})";
  };
  const SentBatch batch = SentBatch().keyed("A").keyed("B");
  const Verdict exact = classify(207, body("B"), batch);
  EXPECT_THAT(kinds(exact), ElementsAre(in_doubt, held));
  EXPECT_EQ(exact.fates[1].id, "6");
  EXPECT_EQ(exact.fates[1].refusal->property, "ref");
  EXPECT_THAT(kinds(classify(207, body("b"), batch)), ElementsAre(in_doubt, held));
  EXPECT_THAT(kinds(classify(207, body("C"), batch)), ElementsAre(in_doubt, in_doubt));
}

TEST(ClassifyWrite, AnUpsertsErrorMayNameTheRecordByItsKey) {
  constexpr std::string_view kBody =
      R"({"results":[],"errors":[{"category":"VALIDATION_ERROR","message":"no","context":{"ids":["B"]}}]})";
  const SentBatch batch = SentBatch().keyed("A").keyed("B").keyed("C");
  EXPECT_THAT(kinds(classify(207, kBody, batch, WriteMode::upsert)),
              ElementsAre(in_doubt, refused, in_doubt));
  // The ids of a create's error are those of associated records.
  EXPECT_THAT(kinds(classify(207, kBody, batch)), Each(in_doubt));
}

TEST(ClassifyWrite, AnErrorThatNamesNobodyConcernsTheOneRecordLeft) {
  constexpr std::string_view kBody =
      R"({"results":[{"id":"10","properties":{"ref":"A"}}],"errors":[{"category":"VALIDATION_ERROR","message":"no"}]})";
  EXPECT_THAT(kinds(classify(207, kBody, SentBatch().keyed("A").keyed("B"))),
              ElementsAre(created, refused));
  EXPECT_THAT(kinds(classify(207, kBody, SentBatch().keyed("A").keyed("B").keyed("C"))),
              ElementsAre(created, in_doubt, in_doubt));
  EXPECT_THAT(kinds(classify(207, kBody, SentBatch().keyed("Z").keyed("A").keyed("A2"))),
              ElementsAre(in_doubt, created, in_doubt));
}

TEST(ClassifyWrite, AServersFaultInsideAnAnswerRejectsNobody) {
  const auto body = [](std::string_view category) {
    return R"({"results":[],"errors":[{"category":")" + std::string(category) +
           R"(","message":"m","context":{"objectWriteTraceId":["1"]}}]})";
  };
  const SentBatch batch = SentBatch().keyed("A");
  EXPECT_THAT(kinds(classify(207, body("INTERNAL_ERROR"), batch)), ElementsAre(in_doubt));
  EXPECT_THAT(kinds(classify(207, body("RATE_LIMITS"), batch)), ElementsAre(not_done));
}

TEST(ClassifyWrite, AResultAndAnErrorForOneRecordAreSettledByALookUp) {
  const std::string body = R"({"results":[{"id":"10","objectWriteTraceId":"1"}],"errors":[)" +
                           refused_by_trace("1") + "]}";
  EXPECT_THAT(kinds(classify(207, body, SentBatch().keyed("A"))), ElementsAre(in_doubt));
  // Nothing can be looked up without a key, and HubSpot has the record.
  const Verdict keyless = classify(207, body, SentBatch().keyless("{}"));
  EXPECT_THAT(kinds(keyless), ElementsAre(created));
  EXPECT_EQ(keyless.fates[0].id, "10");
}

TEST(ClassifyWrite, KeylessRecordsPairByEqualProperties) {
  const Verdict verdict = classify(
      201,
      R"({"results":[{"id":"12","properties":{"amount":"3","hs_object_id":"12","at":"2024-03-27T18:04:11.823Z"}},
                     {"id":"10","properties":{"amount":"1.5","mail":"a@b.c","status":"processing"}},
                     {"id":"11","properties":{"amount":"2","mail":"","x":null}}]})",
      SentBatch()
          .keyless(R"({"amount":"1.50","mail":"A@b.c"})")
          .keyless(R"({"amount":"2"})")
          .keyless(R"({"amount":"3.0","at":"2024-03-27T19:04:11.823+01:00"})"));
  EXPECT_THAT(kinds(verdict), Each(created));
  EXPECT_EQ(verdict.fates[0].id, "10");
  EXPECT_EQ(verdict.fates[1].id, "11");
  EXPECT_EQ(verdict.fates[2].id, "12");
}

TEST(ClassifyWrite, WhatHubSpotFillsInDoesNotSpoilThePairing) {
  const Verdict verdict = classify(
      201,
      R"({"results":[{"id":"11","properties":{"amount":"2","status":"processing"}},
                     {"id":"10","properties":{"amount":"1","status":"succeeded"}}]})",
      SentBatch().keyless(R"({"amount":"1","status":"succeeded"})").keyless(R"({"amount":"2"})"));
  EXPECT_THAT(kinds(verdict), Each(created));
  EXPECT_EQ(verdict.fates[0].id, "10");
  EXPECT_EQ(verdict.fates[1].id, "11");
}

TEST(ClassifyWrite, KeylessRecordsOfTheSameWordsPairAnyWay) {
  const Verdict verdict = classify(
      201,
      R"({"results":[{"id":"10","properties":{"amount":"1"}},{"id":"11","properties":{"amount":"1"}}]})",
      SentBatch()
          .keyless(R"({"amount":"1"})")
          .keyless(R"({"amount":"1"})")
          .keyless(R"({"amount":"1"})"));
  EXPECT_THAT(kinds(verdict), ElementsAre(created, created, in_doubt));
  EXPECT_NE(verdict.fates[0].id, verdict.fates[1].id);
}

TEST(ClassifyWrite, RecordsThatDifferInTheirAssociationsAloneAreCreatedWithoutAnId) {
  const SentBatch batch = SentBatch()
                              .keyless(R"({"amount":"1"})", R"([{"to":{"id":"5"}}])")
                              .keyless(R"({"amount":"1"})", R"([{"to":{"id":"6"}}])");
  const Verdict both = classify(
      201,
      R"({"results":[{"id":"10","properties":{"amount":"1"}},{"id":"11","properties":{"amount":"1"}}]})",
      batch);
  EXPECT_THAT(kinds(both), Each(created));
  EXPECT_EQ(both.fates[0].id, "");
  EXPECT_EQ(both.strangers, 0U);
  const Verdict one =
      classify(201, R"({"results":[{"id":"10","properties":{"amount":"1"}}]})", batch);
  EXPECT_THAT(kinds(one), Each(in_doubt));
}

TEST(ClassifyWrite, ARefusedRecordHasNoShareInEqualResults) {
  const std::string body = R"({"results":[{"id":"10","properties":{"amount":"1"}}],"errors":[)" +
                           refused_by_trace("1") + "]}";
  const Verdict verdict =
      classify(207, body, SentBatch().keyless(R"({"amount":"1"})").keyless(R"({"amount":"1"})"));
  EXPECT_THAT(kinds(verdict), ElementsAre(refused, created));
  EXPECT_EQ(verdict.fates[1].id, "10");
}

TEST(ClassifyWrite, AnotherBatchesAnswerCreatesNobody) {
  const Verdict verdict = classify(
      201,
      R"({"results":[{"id":"10","properties":{"amount":"7"}},{"id":"11","properties":{"amount":"8"}}]})",
      SentBatch().keyless(R"({"amount":"1"})").keyless(R"({"amount":"2"})"));
  EXPECT_THAT(kinds(verdict), Each(in_doubt));
  EXPECT_EQ(verdict.strangers, 2U);
}

TEST(ClassifyWrite, BareResultsPairByNumberWhereThereIsNoKey) {
  constexpr std::string_view kTwo = R"({"results":[{"id":"10"},{"id":"11"}]})";
  const SentBatch two = SentBatch().keyless(R"({"a":"1"})").keyless(R"({"a":"2"})");
  EXPECT_THAT(kinds(classify(201, kTwo, two)), Each(created));
  EXPECT_EQ(classify(201, kTwo, two).fates[0].id, "");
  EXPECT_THAT(kinds(classify(201, R"({"results":[{"id":"10"}]})", two)), Each(in_doubt));
  EXPECT_THAT(kinds(classify(201, R"({"results":[{"id":"10"},{"id":"10"}]})", two)),
              Each(in_doubt));
  EXPECT_EQ(classify(201, R"({"results":[{"id":"10"}]})", SentBatch().keyless("{}")).fates[0].id,
            "10");
  EXPECT_THAT(kinds(classify(201, kTwo, SentBatch().keyed("A").keyed("B"))), Each(in_doubt));
}

TEST(ClassifyWrite, AWholeRefusalOfOneRecordIsThatRecords) {
  const Verdict verdict = classify(400, recorded::kPropertyDoesNotExist, SentBatch().keyed("A"));
  EXPECT_EQ(verdict.reaction, Reaction::none);
  EXPECT_THAT(kinds(verdict), ElementsAre(refused));
  EXPECT_EQ(verdict.fates[0].refusal->code, "PROPERTY_DOESNT_EXIST");
  EXPECT_EQ(verdict.fates[0].refusal->property, "testproperty");
}

TEST(ClassifyWrite, AWholeRefusalThatNamesNobodyIsIsolated) {
  const SentBatch batch = SentBatch().keyed("A").keyed("B");
  for (const std::string_view body : {recorded::kRequiredMissing, recorded::kDuplicateIds,
                                      recorded::kTooManyInputs, recorded::kInvalidJson}) {
    const Verdict verdict = classify(400, body, batch, WriteMode::upsert);
    EXPECT_EQ(verdict.reaction, Reaction::isolate) << body;
    EXPECT_THAT(kinds(verdict), Each(not_done)) << body;
    EXPECT_FALSE(verdict.whole.message.empty());
  }
}

TEST(ClassifyWrite, IdsSentTwiceAreNoOnesFault) {
  const SentBatch batch = SentBatch().keyed("PAY-7").keyed("pay-7");
  const Verdict verdict = classify(400, recorded::kDuplicateIds, batch, WriteMode::upsert);
  EXPECT_EQ(verdict.reaction, Reaction::isolate);
  EXPECT_THAT(kinds(verdict), Each(not_done));
}

TEST(ClassifyWrite, AWholeRefusalTakesOutWhoIsNamed) {
  const std::string by_trace =
      R"({"status":"error","category":"VALIDATION_ERROR","message":"no","errors":[)" +
      refused_by_trace("2") + "]}";
  const SentBatch batch = SentBatch().keyed("A").keyed("x@y.com").keyed("C");
  const Verdict named = classify(400, by_trace, batch);
  EXPECT_EQ(named.reaction, Reaction::isolate);
  EXPECT_THAT(kinds(named), ElementsAre(not_done, refused, not_done));

  const SentBatch mails =
      SentBatch().keyless(R"({"email":"a@b.c"})").keyless(R"({"email":"x@y.com"})");
  const Verdict conflict = classify(400, recorded::kUniqueValueTaken, mails);
  EXPECT_EQ(conflict.reaction, Reaction::isolate);
  EXPECT_THAT(kinds(conflict), ElementsAre(not_done, held));
  EXPECT_EQ(conflict.fates[1].id, "552239500007");
}

TEST(ClassifyWrite, ARefusalThatNamesAllTellsNoneApart) {
  const SentBatch batch = SentBatch().keyed("A").keyed("B");
  const Verdict shared = classify(
      400,
      R"({"category":"VALIDATION_ERROR","message":"no","context":{"objectWriteTraceId":["1","2"]}})",
      batch);
  EXPECT_EQ(shared.reaction, Reaction::isolate);
  EXPECT_THAT(kinds(shared), Each(not_done));
  const Verdict each = classify(400,
                                R"({"category":"VALIDATION_ERROR","message":"no","errors":[)" +
                                    refused_by_trace("1") + "," + refused_by_trace("2") + "]}",
                                batch);
  EXPECT_EQ(each.reaction, Reaction::none);
  EXPECT_THAT(kinds(each), Each(refused));
}

TEST(ClassifyWrite, APropertyThatEveryRecordCarriesInVainStopsTheRun) {
  const SentBatch all =
      SentBatch().keyless(R"({"testproperty":"1"})").keyless(R"({"testproperty":""})");
  const SentBatch some = SentBatch().keyless(R"({"testproperty":"1"})").keyless(R"({"a":"1"})");
  const Verdict whole = classify(400, recorded::kPropertyDoesNotExist, all);
  EXPECT_EQ(whole.reaction, Reaction::stop);
  EXPECT_EQ(whole.stop_kind, StopKind::unusable);
  EXPECT_THAT(whole.stop_text, HasSubstr("\"testproperty\""));
  EXPECT_THAT(kinds(whole), Each(not_done));
  EXPECT_EQ(classify(400, recorded::kPropertyDoesNotExist, some).reaction, Reaction::isolate);

  const auto multi = [](std::string_view trace) {
    return R"({"category":"VALIDATION_ERROR","errors":[{"code":"PROPERTY_DOESNT_EXIST","message":"m","context":{"propertyName":["testproperty"]}}],"context":{"objectWriteTraceId":[")" +
           std::string(trace) + R"("]}})";
  };
  const std::string both = R"({"results":[],"errors":[)" + multi("1") + "," + multi("2") + "]}";
  EXPECT_EQ(classify(207, both, all).reaction, Reaction::stop);
  EXPECT_EQ(classify(207, both, some).reaction, Reaction::none);
  EXPECT_THAT(kinds(classify(207, both, some)), Each(refused));
  const std::string one = R"({"results":[],"errors":[)" + multi("1") + "]}";
  EXPECT_EQ(classify(207, one, all).reaction, Reaction::none);
}

TEST(ClassifyWrite, AConflictOfOneRecordIsHeldWhateverTheStatus) {
  for (const int status : {400, 409}) {
    const Verdict verdict = classify(status, recorded::kContactExists, SentBatch().keyed("A"));
    EXPECT_EQ(verdict.reaction, Reaction::none);
    EXPECT_THAT(kinds(verdict), ElementsAre(held));
    EXPECT_EQ(verdict.fates[0].id, "171591000198");
  }
  const Verdict unattributed =
      classify(409, recorded::kContactExists, SentBatch().keyed("A").keyed("B"));
  EXPECT_EQ(unattributed.reaction, Reaction::isolate);
  EXPECT_THAT(kinds(unattributed), Each(not_done));
}

TEST(ClassifyWrite, ABodyTooLargeIsSplitAndRefusedAtLast) {
  for (const int status : {413, 414, 415}) {
    const Verdict several =
        classify(status, recorded::kGatewayPage, SentBatch().keyed("A").keyed("B"));
    EXPECT_EQ(several.reaction, Reaction::isolate);
    EXPECT_THAT(kinds(several), Each(not_done));
    const Verdict one = classify(status, recorded::kGatewayPage, SentBatch().keyed("A"));
    EXPECT_EQ(one.reaction, Reaction::none);
    EXPECT_THAT(kinds(one), ElementsAre(refused));
    EXPECT_EQ(one.fates[0].refusal->code, "HTTP_" + std::to_string(status));
  }
}

TEST(ClassifyWrite, AServersFaultLeavesAllInDoubt) {
  const SentBatch batch = SentBatch().keyed("A").keyed("B");
  for (const int status : {500, 502, 503, 504, 520, 521, 522, 523, 524, 599, 408}) {
    const Verdict verdict = classify(status, recorded::kGatewayPage, batch);
    EXPECT_EQ(verdict.reaction, Reaction::retry) << status;
    EXPECT_THAT(kinds(verdict), Each(in_doubt)) << status;
  }
}

TEST(ClassifyWrite, AFailureOnTheWayIsAsDoubtfulAsItsReach) {
  const SentBatch batch = SentBatch().keyed("A");
  const auto verdict = [&](Reach reach) {
    return classify_write(Answer(reach, "connection reset"), BatchAnswer(), batch.sent(),
                          WriteMode::create);
  };
  EXPECT_EQ(verdict(Reach::not_sent).reaction, Reaction::retry);
  EXPECT_THAT(kinds(verdict(Reach::not_sent)), Each(not_done));
  EXPECT_EQ(verdict(Reach::sent_unanswered).reaction, Reaction::retry);
  EXPECT_THAT(kinds(verdict(Reach::sent_unanswered)), Each(in_doubt));
  EXPECT_EQ(verdict(Reach::sent_unanswered).whole.message, "connection reset");
}

TEST(ClassifyWrite, ThrottlingDoesNothingToTheRecords) {
  const Verdict verdict = classify(429, recorded::kDailyLimit, SentBatch().keyed("A"));
  EXPECT_EQ(verdict.reaction, Reaction::throttled);
  EXPECT_EQ(verdict.throttle, ThrottlePolicy::daily);
  EXPECT_THAT(kinds(verdict), Each(not_done));
}

/// Each record is put at random in results, errors, both halves of a doubt, or nowhere; the lists
/// are shuffled.
TEST(ClassifyWrite, AccountsForRandomAnswersRecordByRecord) {
  for (unsigned seed = 1; seed <= 300; ++seed) {
    std::mt19937 random(seed);
    const auto upto = [&random](unsigned end) {
      return std::uniform_int_distribution<unsigned>(0, end - 1)(random);
    };
    const bool keyed = upto(2) == 0;
    const bool echo = upto(3) == 0;
    const unsigned count = 1 + upto(100);
    SentBatch batch;
    std::vector<FateKind> expected;
    std::vector<std::string> ids, results, errors;
    for (unsigned i = 0; i < count; ++i) {
      const std::string name = "Pay " + std::to_string(i * 7 + 3);
      const std::string id = std::to_string(1000 + i);
      const std::string trace = std::to_string(i + 1);
      const std::string properties =
          "{\"ref\":\"" + name + "\",\"amount\":\"" + std::to_string(i) + "\"}";
      if (keyed)
        batch.keyed(name);
      else
        batch.keyless(properties);
      expected.push_back(std::array{created, refused, held, in_doubt}[upto(4)]);
      ids.push_back(expected.back() == created || expected.back() == held ? id : "");
      const std::string returned =
          keyed ? properties
                : "{\"other\":null,\"amount\":\"" + std::to_string(i) + ".0\",\"Ref\":\"x\"}";
      if (expected.back() == created) {
        results.push_back("{\"id\":\"" + id + "\"," +
                          (echo ? "\"objectWriteTraceId\":\"" + trace + "\"," : "") +
                          "\"properties\":" + returned + "}");
      }
      if (expected.back() == refused) errors.push_back(refused_by_trace(trace));
      if (expected.back() == held) {
        errors.push_back("{\"category\":\"CONFLICT\",\"context\":{\"existingId\":[\"" + id +
                         "\"],\"objectWriteTraceId\":[\"" + trace + "\"]}}");
      }
    }
    std::shuffle(results.begin(), results.end(), random);
    std::shuffle(errors.begin(), errors.end(), random);
    const auto list = [](const std::vector<std::string>& parts) {
      std::string text;
      for (const std::string& part : parts) text += (text.empty() ? "" : ",") + part;
      return "[" + text + "]";
    };
    const std::string body = "{\"results\":" + list(results) + ",\"errors\":" + list(errors) + "}";
    const BatchAnswer answer =
        decode_batch_answer(body, {.id_property = keyed ? "ref" : "", .whole_properties = !keyed});
    const Verdict verdict = classify_write(answered(207), answer, batch.sent(), WriteMode::create);
    EXPECT_EQ(verdict.reaction, Reaction::none);
    EXPECT_EQ(verdict.strangers, 0U) << seed;
    EXPECT_EQ(kinds(verdict), expected) << seed;
    for (unsigned i = 0; i < count; ++i) EXPECT_EQ(verdict.fates[i].id, ids[i]) << seed;
  }
}

}  // namespace
}  // namespace payferry
