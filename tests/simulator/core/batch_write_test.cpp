#include "bench/simulator/core/batch_write.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "simulator/core/hubspot_account.hpp"

namespace payferry::simulator {
namespace {

using ::testing::HasSubstr;

constexpr const char* kBadAmount = R"(,"hs_fees_amount":"1,50")";

std::vector<std::string> payments(std::size_t count, bool traced) {
  std::vector<std::string> all;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string number = std::to_string(i);
    all.push_back(payment("P" + number, traced ? "row-" + number : ""));
  }
  return all;
}

std::vector<std::string> keys_in(const SimulatedReply& reply) {
  std::vector<std::string> keys;
  const auto body = body_of(reply);
  for (const auto& result : body.at("results").as_array()) {
    keys.push_back(text(result.at("properties").at("hs_external_reference_id")));
  }
  return keys;
}

TEST(BatchWrite, AllValidIsCreatedWith201AndEachRecordHasAnIdOfItsOwn) {
  HubSpotAccount account;
  const SimulatedReply reply = account.create(inputs(payments(100, true)));
  ASSERT_EQ(reply.status, 201) << reply.body;
  const auto body = body_of(reply);
  EXPECT_EQ(text(body.at("status")), "COMPLETE");
  EXPECT_FALSE(body.as_object().contains("errors"));
  std::set<std::string> ids;
  for (const auto& result : body.at("results").as_array()) ids.insert(text(result.at("id")));
  EXPECT_EQ(ids.size(), 100U);
  EXPECT_EQ(account.payments(), 100U);
}

TEST(BatchWrite, ResultsCarryWhatWasSentAndWhatHubSpotSets) {
  HubSpotAccount account;
  const SimulatedReply reply = account.create(inputs({payment("P1", "1")}));
  const auto result = body_of(reply).at("results").at(0);
  const auto properties = result.at("properties").as_object();
  EXPECT_EQ(text(properties.at("hs_external_reference_id")), "P1");
  EXPECT_EQ(text(properties.at("hs_initial_amount")), "9.99");
  EXPECT_EQ(text(properties.at("hs_object_id")), text(result.at("id")));
  EXPECT_EQ(text(properties.at("hs_createdate")), to_iso8601(account.now));
  EXPECT_EQ(text(properties.at("hs_latest_status")), "processing");
  EXPECT_EQ(text(properties.at("hs_currency_code")), "GBP");
  EXPECT_EQ(text(result.at("createdAt")), to_iso8601(account.now));
  EXPECT_EQ(result.at("archived").as_bool(), false);
  EXPECT_THAT(text(result.at("url")), HasSubstr("/record/0-101/"));
}

TEST(BatchWrite, IdsAreNumericOf11To13Digits) {
  HubSpotAccount account;
  const auto body = body_of(account.create(inputs(payments(50, true))));
  for (const auto& result : body.at("results").as_array()) {
    const std::string id = text(result.at("id"));
    EXPECT_GE(id.size(), 11U);
    EXPECT_LE(id.size(), 13U);
    EXPECT_EQ(id.find_first_not_of("0123456789"), std::string::npos);
  }
}

TEST(BatchWrite, ResultsAreShuffledUnlessSwitchedOff) {
  HubSpotAccount shuffled;
  const auto sent = inputs(payments(100, true));
  const auto keys = keys_in(shuffled.create(sent));
  EXPECT_FALSE(std::is_sorted(keys.begin(), keys.end(), [](const auto& a, const auto& b) {
    return std::stoi(a.substr(1)) < std::stoi(b.substr(1));
  }));
  SimulatorOptions options;
  options.switches.shuffle_results = false;
  HubSpotAccount ordered(options);
  EXPECT_EQ(keys_in(ordered.create(inputs({payment("B"), payment("A"), payment("C")}))),
            (std::vector<std::string>{"B", "A", "C"}));
}

TEST(BatchWrite, TraceIdsAreEchoedInResultsOnlyIfSwitchedOn) {
  HubSpotAccount account;
  const auto silent = body_of(account.create(inputs({payment("P1", "row-1")})));
  EXPECT_FALSE(silent.at("results").at(0).as_object().contains("objectWriteTraceId"));
  account.hubspot.switches().echo_trace_id = true;
  const auto echoed = body_of(account.create(inputs({payment("P2", "row-2")})));
  EXPECT_EQ(text(echoed.at("results").at(0).at("objectWriteTraceId")), "row-2");
}

TEST(BatchWrite, WithTraceIdsTheBadOneIsToldAndTheOthersAreCreated) {
  HubSpotAccount account;
  const SimulatedReply reply = account.create(
      inputs({payment("P1", "a"), payment("P2", "b", kBadAmount), payment("P3", "c")}));
  ASSERT_EQ(reply.status, 207) << reply.body;
  const auto body = body_of(reply);
  EXPECT_EQ(body.at("results").as_array().size(), 2U);
  EXPECT_EQ(body.at("numErrors").as_int64(), 1);
  const auto error = body.at("errors").at(0);
  EXPECT_EQ(text(error.at("category")), "VALIDATION_ERROR");
  EXPECT_EQ(text(error.at("context").at("objectWriteTraceId")), R"(["b"])");
  EXPECT_THAT(text(error.at("message")), HasSubstr("Property values were not valid: [{"));
  EXPECT_EQ(account.payments(), 2U);
}

TEST(BatchWrite, AllBadWithTraceIdsIsA207WithoutResults) {
  HubSpotAccount account;
  const SimulatedReply reply = account.create(inputs({payment("P1", "a", kBadAmount)}));
  EXPECT_EQ(reply.status, 207);
  EXPECT_TRUE(body_of(reply).at("results").as_array().empty());
}

TEST(BatchWrite, WithoutTraceIdsOneBadRecordRefusesAllAndNothingIsWritten) {
  HubSpotAccount account;
  const SimulatedReply reply = account.create(
      inputs({payment("P1"), payment("P2", "", kBadAmount), payment("P3", "", R"(,"nope":"1")")}));
  ASSERT_EQ(reply.status, 400) << reply.body;
  const auto body = body_of(reply);
  EXPECT_THAT(text(body.at("message")), HasSubstr("1,50"));
  EXPECT_THAT(text(body.at("message")), HasSubstr("nope"));
  ASSERT_EQ(body.at("errors").as_array().size(), 2U);
  EXPECT_EQ(text(body.at("errors").at(1).at("code")), "PROPERTY_DOESNT_EXIST");
  EXPECT_EQ(text(body.at("errors").at(1).at("context").at("propertyName")), R"(["nope"])");
  EXPECT_EQ(text(body.at("category")), "VALIDATION_ERROR");
  EXPECT_EQ(text(body.at("correlationId")), reply.correlation_id);
  EXPECT_EQ(account.payments(), 0U);
}

TEST(BatchWrite, SwitchedToWriteSomeAWholeRefusalStillWritesSomeOfTheGood) {
  SimulatorOptions options;
  options.switches.whole_refusal = SimulatorSwitches::WholeRefusal::writes_some;
  HubSpotAccount account(options);
  auto all = payments(60, false);
  all.push_back(payment("bad", "", kBadAmount));
  EXPECT_EQ(account.create(inputs(all)).status, 400);
  EXPECT_GT(account.payments(), 0U);
  EXPECT_LT(account.payments(), 60U);
}

TEST(BatchWrite, MixedTraceIdsGoByTheSwitch) {
  HubSpotAccount account;
  const std::string mixed = inputs({payment("P1", "a"), payment("P2", "", kBadAmount)});
  EXPECT_EQ(account.create(mixed).status, 400);
  account.hubspot.switches().mixed_trace_ids = SimulatorSwitches::MixedTraceIds::multi_status;
  EXPECT_EQ(account.create(mixed).status, 207);
}

TEST(BatchWrite, MissingRequiredPropertiesAreNamed) {
  HubSpotAccount account;
  const SimulatedReply reply = account.create(
      R"({"inputs":[{"properties":{"hs_initial_amount":"1","hs_initiated_date":""}}]})");
  ASSERT_EQ(reply.status, 400);
  const auto body = body_of(reply);
  EXPECT_EQ(text(body.at("message")),
            "Error creating COMMERCE_PAYMENT. Some required properties were not set.");
  EXPECT_EQ(text(body.at("context").at("properties")), R"(["hs_initiated_date"])");
}

TEST(BatchWrite, ReadOnlyPropertiesAreRefused) {
  HubSpotAccount account;
  const SimulatedReply reply =
      account.create(inputs({payment("P1", "a", R"(,"hs_net_amount":"1")")}));
  EXPECT_EQ(reply.status, 207);
  EXPECT_THAT(reply.body, HasSubstr("hs_net_amount"));
}

TEST(BatchWrite, ATakenUniqueValueIsToldWithTwoIds) {
  HubSpotAccount account;
  const auto first = body_of(account.create(inputs({payment("P1")})));
  const std::string holder = text(first.at("results").at(0).at("id"));
  const SimulatedReply whole = account.create(inputs({payment("P1")}));
  ASSERT_EQ(whole.status, 400);
  const std::string message = text(body_of(whole).at("message"));
  EXPECT_THAT(message, HasSubstr("Cannot set PropertyValueCoordinates{portalId="));
  EXPECT_THAT(message, HasSubstr("objectTypeId=ObjectTypeId{legacyObjectType=COMMERCE_PAYMENT}, "
                                 "propertyName=hs_external_reference_id, value=P1} on "));
  EXPECT_THAT(message, HasSubstr(". " + holder + " already has that value."));
  const SimulatedReply single = account.create(inputs({payment("P1", "a"), payment("P2", "b")}));
  ASSERT_EQ(single.status, 207);
  EXPECT_EQ(text(body_of(single).at("errors").at(0).at("category")), "VALIDATION_ERROR");
  EXPECT_EQ(account.payments(), 2U);
}

TEST(BatchWrite, ATakenUniqueValueCanBeAConflictWithTheHoldersId) {
  SimulatorOptions options;
  options.switches.unique_conflict = SimulatorSwitches::UniqueConflict::conflict;
  HubSpotAccount account(options);
  const auto first = body_of(account.create(inputs({payment("P1")})));
  const auto error = body_of(account.create(inputs({payment("P1", "a")}))).at("errors").at(0);
  EXPECT_EQ(text(error.at("category")), "CONFLICT");
  EXPECT_EQ(text(error.at("context").at("existingId").at(0)),
            text(first.at("results").at(0).at("id")));
}

TEST(BatchWrite, TheSameUniqueValueTwiceInACreateGoesByTheSwitch) {
  HubSpotAccount account;
  const std::string twice = inputs({payment("P1", "a"), payment("P1", "b"), payment("P2", "c")});
  const SimulatedReply first_wins = account.create(twice);
  EXPECT_EQ(first_wins.status, 207);
  EXPECT_EQ(text(body_of(first_wins).at("errors").at(0).at("context").at("objectWriteTraceId")),
            R"(["b"])");
  EXPECT_EQ(account.payments(), 2U);
  SimulatorOptions options;
  options.switches.repeated_unique = SimulatorSwitches::RepeatedUnique::whole_batch;
  HubSpotAccount strict(options);
  EXPECT_EQ(strict.create(twice).status, 400);
  EXPECT_EQ(strict.payments(), 0U);
}

TEST(BatchWrite, ErrorsThatReadTheSameAreGroupedIfSwitchedOn) {
  const std::string two =
      inputs({payment("P1", "a", R"(,"nope":"1")"), payment("P2", "b", R"(,"nope":"1")")});
  HubSpotAccount account;
  EXPECT_EQ(body_of(account.create(two)).at("errors").as_array().size(), 2U);
  account.hubspot.switches().group_errors = true;
  const auto grouped = body_of(account.create(two)).at("errors").as_array();
  ASSERT_EQ(grouped.size(), 1U);
  EXPECT_EQ(text(grouped[0].at("context").at("objectWriteTraceId")), R"(["a","b"])");
}

TEST(BatchWrite, MoreThan100InputsAreRefused) {
  HubSpotAccount account;
  const SimulatedReply reply = account.create(inputs(payments(101, true)));
  EXPECT_EQ(reply.status, 400);
  EXPECT_THAT(reply.body, HasSubstr("The maximum number of inputs supported in a batch is 100."));
  EXPECT_EQ(account.payments(), 0U);
}

TEST(BatchWrite, MalformedJsonIsRefusedWithItsPlace) {
  HubSpotAccount account;
  const SimulatedReply reply = account.create("{\"inputs\":\n [}");
  EXPECT_EQ(reply.status, 400);
  EXPECT_THAT(reply.body, HasSubstr("Invalid input JSON on line 2, column"));
}

TEST(BatchWrite, MissingInputsAreRefusedOrSilentByTheSwitch) {
  HubSpotAccount account;
  EXPECT_EQ(account.create("{}").status, 400);
  account.hubspot.switches().missing_inputs = SimulatorSwitches::MissingInputs::silent;
  const SimulatedReply silent = account.create("{}");
  EXPECT_EQ(silent.status, 201);
  EXPECT_TRUE(body_of(silent).at("results").as_array().empty());
}

TEST(BatchWrite, UpsertCreatesThenUpdatesAndSaysWhich) {
  HubSpotAccount account;
  const SimulatedReply created = account.upsert(inputs({upsert_of("P1", "a")}));
  ASSERT_EQ(created.status, 200) << created.body;
  EXPECT_TRUE(body_of(created).at("results").at(0).at("new").as_bool());
  EXPECT_EQ(keys_in(created), std::vector<std::string>{"P1"});
  account.now += std::chrono::seconds(1);
  const auto updated =
      body_of(account.upsert(inputs({upsert_of("P1", "a", R"(,"hs_internal_comment":"again")")})));
  EXPECT_FALSE(updated.at("results").at(0).at("new").as_bool());
  EXPECT_EQ(account.payments(), 1U);
  EXPECT_EQ(account.hubspot.value_of("commerce_payments", "hs_external_reference_id", "P1",
                                     "hs_internal_comment"),
            "again");
}

TEST(BatchWrite, TheSameIdTwiceInAnUpsertRefusesAllEvenWithTraceIds) {
  HubSpotAccount account;
  const SimulatedReply reply = account.upsert(inputs({upsert_of("P1", "a"), upsert_of("P1", "b")}));
  ASSERT_EQ(reply.status, 400);
  EXPECT_EQ(text(body_of(reply).at("message")),
            "Duplicate IDs found in batch input: [P1]. IDs must be unique");
  EXPECT_EQ(text(body_of(reply).at("context").at("ids")), R"(["P1"])");
  EXPECT_EQ(account.payments(), 0U);
}

TEST(BatchWrite, UpsertByAPropertyThatIsNotUniqueIsRefused) {
  HubSpotAccount account;
  const SimulatedReply reply = account.upsert(
      R"({"inputs":[{"idProperty":"hs_reference_number","id":"x","properties":{}}]})");
  EXPECT_EQ(reply.status, 400);
  EXPECT_THAT(reply.body, HasSubstr("non-unique 0-101 property hs_reference_number in portal ID"));
}

TEST(BatchWrite, AConflictInAnUpsertIsA409ForAllIfSwitchedOn) {
  SimulatorOptions options;
  options.account.properties = {{.name = "legacy_id", .unique = true}};
  HubSpotAccount account(options);
  account.upsert(inputs({upsert_of("P1", "", R"(,"legacy_id":"L1")")}));
  const std::string clash =
      inputs({upsert_of("P2", "a", R"(,"legacy_id":"L1")"), upsert_of("P3", "b")});
  EXPECT_EQ(account.upsert(clash).status, 207);
  EXPECT_EQ(account.payments(), 2U);
  account.hubspot.switches().upsert_conflict_409 = true;
  const std::string clash_again =
      inputs({upsert_of("P4", "a", R"(,"legacy_id":"L1")"), upsert_of("P5", "b")});
  const SimulatedReply whole = account.upsert(clash_again);
  EXPECT_EQ(whole.status, 409);
  EXPECT_THAT(whole.body, HasSubstr("Existing ID: "));
  EXPECT_EQ(account.payments(), 2U);
}

TEST(BatchWrite, UpdateChangesByRecordIdAndTellsOfUnknownOnes) {
  HubSpotAccount account;
  const auto created = body_of(account.create(inputs({payment("P1")})));
  const std::string id = text(created.at("results").at(0).at("id"));
  const SimulatedReply reply =
      account.post("/crm/v3/objects/commerce_payments/batch/update",
                   "{\"inputs\":[{\"objectWriteTraceId\":\"a\",\"id\":\"" + id +
                       "\",\"properties\":{\"hs_latest_status\":\"refunded\"}},"
                       "{\"objectWriteTraceId\":\"b\",\"id\":\"1\",\"properties\":{}}]}");
  EXPECT_EQ(reply.status, 207);
  EXPECT_EQ(text(body_of(reply).at("errors").at(0).at("category")), "OBJECT_NOT_FOUND");
  EXPECT_EQ(account.hubspot.value_of("commerce_payments", "hs_external_reference_id", "P1",
                                     "hs_latest_status"),
            "refunded");
}

TEST(BatchWrite, AnUpdateThatMovesAUniqueValueFreesTheOldOne) {
  HubSpotAccount account;
  account.upsert(inputs({upsert_of("P1")}));
  account.upsert(inputs({upsert_of("P1", "", R"(,"hs_external_reference_id":"P2")")}));
  EXPECT_EQ(account.create(inputs({payment("P1")})).status, 201);
  EXPECT_EQ(account.create(inputs({payment("P2")})).status, 400);
}

TEST(BatchWrite, ArchiveAnswers204AndFreesUniqueValuesUnlessSwitched) {
  HubSpotAccount account;
  const auto archive = [&](const SimulatedReply& created) {
    const std::string id = text(body_of(created).at("results").at(0).at("id"));
    return account.post("/crm/v3/objects/commerce_payments/batch/archive",
                        "{\"inputs\":[{\"id\":\"" + id + "\"},{\"id\":\"1\"}]}");
  };
  const SimulatedReply gone = archive(account.create(inputs({payment("P1")})));
  EXPECT_EQ(gone.status, 204);
  EXPECT_TRUE(gone.body.empty());
  EXPECT_EQ(account.payments(), 0U);
  account.hubspot.switches().archived_keeps_unique = true;
  const SimulatedReply again = account.create(inputs({payment("P1")}));
  EXPECT_EQ(again.status, 201);
  archive(again);
  EXPECT_EQ(account.create(inputs({payment("P1")})).status, 400);
}

TEST(BatchWrite, DatedVersionsAnswerWithTheirOwnStatusCodes) {
  HubSpotAccount account;
  const std::string good_and_bad = inputs({payment("P1", "a", R"(,"nope":"1")")});
  EXPECT_EQ(
      account.post("/crm/objects/2025-09/commerce_payments/batch/create", good_and_bad).status,
      200);
  EXPECT_EQ(account.post("/crm/objects/2026-03/0-101/batch/create", good_and_bad).status, 207);
  const SimulatedReply latest =
      account.post("/crm/objects/2026-09/0-101/batch/create", good_and_bad);
  EXPECT_EQ(latest.status, 201);
  EXPECT_EQ(body_of(latest).at("numErrors").as_int64(), 1);
  EXPECT_EQ(account.post("/crm/objects/2025-09/0-101/batch/create", inputs({payment("P2")})).status,
            200);
}

TEST(BatchWrite, AnAssociationMustPointAtARecordThatIsThereUnlessSwitched) {
  SimulatorOptions options;
  options.account.contacts = {{.id = "51", .email = "a@example.com"}};
  HubSpotAccount account(options);
  const auto associated = [](const std::string& contact) {
    std::string input = payment("C" + contact);
    input.pop_back();
    return inputs({input + ",\"associations\":[{\"to\":{\"id\":\"" + contact +
                   "\"},\"types\":[{\"associationCategory\":\"HUBSPOT_DEFINED\","
                   "\"associationTypeId\":387}]}]}"});
  };
  EXPECT_EQ(account.create(associated("51")).status, 201);
  const SimulatedReply refused = account.create(associated("52"));
  EXPECT_EQ(refused.status, 400);
  EXPECT_THAT(refused.body, HasSubstr("one or more associations are not valid"));
  account.hubspot.switches().any_association_target = true;
  EXPECT_EQ(account.create(associated("52")).status, 201);
  EXPECT_EQ(account.hubspot.statistics().associated, 2U);
}

TEST(BatchWrite, WithoutKeptPropertiesUniqueValuesStillHold) {
  SimulatorOptions options;
  options.keep_properties = false;
  HubSpotAccount account(options);
  EXPECT_THAT(account.create(inputs({payment("P1")})).body,
              HasSubstr("\"hs_initial_amount\":\"9.99\""));
  EXPECT_EQ(account.create(inputs({payment("P1")})).status, 400);
  EXPECT_EQ(account.hubspot.value_of("commerce_payments", "hs_external_reference_id", "P1",
                                     "hs_initial_amount"),
            std::nullopt);
}

}  // namespace
}  // namespace payferry::simulator
