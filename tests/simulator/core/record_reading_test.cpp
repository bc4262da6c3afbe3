#include "bench/simulator/core/record_reading.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "simulator/core/hubspot_account.hpp"

namespace payferry::simulator {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

std::string reading(std::string_view ids, std::string_view more = {}) {
  return R"({"idProperty":"hs_external_reference_id",)"
         R"("properties":["hs_external_reference_id","hs_initial_amount","hs_reference_number",)"
         R"("nope"],"inputs":[)" +
         std::string(ids) + "]" + std::string(more) + "}";
}

TEST(RecordReading, FoundRecordsComeWithThePropertiesAskedFor) {
  HubSpotAccount account;
  account.create(inputs({payment("P1")}));
  const SimulatedReply reply = account.read(reading(R"({"id":"P1"})"));
  ASSERT_EQ(reply.status, 200) << reply.body;
  const auto properties = body_of(reply).at("results").at(0).at("properties").as_object();
  EXPECT_EQ(text(properties.at("hs_external_reference_id")), "P1");
  EXPECT_EQ(text(properties.at("hs_initial_amount")), "9.99");
  EXPECT_TRUE(properties.at("hs_reference_number").is_null());
  EXPECT_FALSE(properties.contains("nope"));
  EXPECT_FALSE(properties.contains("hs_initiated_date"));
}

TEST(RecordReading, MissingIdsAreOneErrorThatListsThemAll) {
  HubSpotAccount account;
  account.create(inputs({payment("P1")}));
  const SimulatedReply reply = account.read(reading(R"({"id":"P1"},{"id":"P2"},{"id":"P3"})"));
  ASSERT_EQ(reply.status, 207);
  const auto body = body_of(reply);
  EXPECT_EQ(body.at("results").as_array().size(), 1U);
  EXPECT_EQ(body.at("numErrors").as_int64(), 1);
  EXPECT_EQ(text(body.at("errors").at(0).at("category")), "OBJECT_NOT_FOUND");
  EXPECT_EQ(text(body.at("errors").at(0).at("context").at("ids")), R"(["P2","P3"])");
  EXPECT_THAT(text(body.at("errors").at(0).at("message")),
              HasSubstr("Could not get some COMMERCE_PAYMENT objects"));
}

TEST(RecordReading, SwitchedToEmptyOneMissingIdHidesTheFound) {
  SimulatorOptions options;
  options.switches.partial_read = SimulatorSwitches::PartialRead::empty;
  HubSpotAccount account(options);
  account.create(inputs({payment("P1")}));
  EXPECT_TRUE(body_of(account.read(reading(R"({"id":"P1"},{"id":"P2"})")))
                  .at("results")
                  .as_array()
                  .empty());
  EXPECT_EQ(body_of(account.read(reading(R"({"id":"P1"})"))).at("results").as_array().size(), 1U);
}

TEST(RecordReading, AFreshRecordIsHiddenForAsLongAsTheReadLag) {
  SimulatorOptions options;
  options.switches.read_lag = 2s;
  HubSpotAccount account(options);
  account.create(inputs({payment("P1")}));
  account.now += 1'999ms;
  EXPECT_EQ(account.read(reading(R"({"id":"P1"})")).status, 207);
  account.now += 1ms;
  EXPECT_EQ(account.read(reading(R"({"id":"P1"})")).status, 200);
}

TEST(RecordReading, ByRecordIdWithoutIdProperty) {
  HubSpotAccount account;
  const auto created = body_of(account.create(inputs({payment("P1")})));
  const std::string id = text(created.at("results").at(0).at("id"));
  const auto body =
      body_of(account.read("{\"inputs\":[{\"id\":\"" + id + "\"},{\"id\":\"" + id + "\"}]}"));
  ASSERT_EQ(body.at("results").as_array().size(), 1U);
  EXPECT_EQ(text(body.at("results").at(0).at("id")), id);
}

TEST(RecordReading, EmailsAreFoundInAnyCase) {
  SimulatorOptions options;
  options.account.contacts = {{.id = "51", .email = "ann@example.com"}};
  HubSpotAccount account(options);
  const SimulatedReply reply = account.post("/crm/v3/objects/contacts/batch/read",
                                            R"({"idProperty":"email","properties":["email"],)"
                                            R"("inputs":[{"id":"Ann@Example.com"}]})");
  ASSERT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(text(body_of(reply).at("results").at(0).at("id")), "51");
}

TEST(RecordReading, AnArchivedRecordIsMissing) {
  HubSpotAccount account;
  const auto created = body_of(account.create(inputs({payment("P1")})));
  const std::string id = text(created.at("results").at(0).at("id"));
  account.send("DELETE", "/crm/v3/objects/commerce_payments/" + id);
  EXPECT_EQ(account.read("{\"inputs\":[{\"id\":\"" + id + "\"}]}").status, 207);
}

TEST(RecordReading, TooManyInputsAreRefusedAt101AndWithHistoryAt51) {
  HubSpotAccount account;
  std::string ids = R"({"id":"1"})";
  for (int i = 1; i < 51; ++i) ids += R"(,{"id":"1"})";
  EXPECT_EQ(account.read(reading(ids)).status, 207);
  EXPECT_THAT(account.read(reading(ids, R"(,"propertiesWithHistory":["a"])")).body,
              HasSubstr("property histories is 50"));
  EXPECT_THAT(account.read(reading(ids + "," + ids)).body, HasSubstr("a batch is 100"));
}

TEST(RecordReading, ByAPropertyThatIsNotUniqueIsRefused) {
  HubSpotAccount account;
  EXPECT_EQ(account.read(R"({"idProperty":"hs_reference_number","inputs":[{"id":"1"}]})").status,
            400);
}

TEST(RecordReading, OneIsReadByIdOrByUniqueProperty) {
  HubSpotAccount account;
  const auto created = body_of(account.create(inputs({payment("P1")})));
  const std::string id = text(created.at("results").at(0).at("id"));
  const std::string base = "/crm/v3/objects/commerce_payments/";
  EXPECT_EQ(text(body_of(account.send("GET", base + id + "?properties=hs_initial_amount"))
                     .at("properties")
                     .at("hs_initial_amount")),
            "9.99");
  EXPECT_EQ(
      text(body_of(account.send("GET", base + "P1?idProperty=hs_external_reference_id")).at("id")),
      id);
  EXPECT_EQ(account.send("GET", base + "P2?idProperty=hs_external_reference_id").status, 404);
  EXPECT_EQ(account.send("GET", base + "P1?idProperty=hs_reference_number").status, 400);
}

TEST(RecordReading, ListGoesThroughAllInPages) {
  HubSpotAccount account;
  account.create(inputs({payment("P1"), payment("P2"), payment("P3")}));
  const std::string base = "/crm/v3/objects/commerce_payments?limit=2";
  const auto first = body_of(account.send("GET", base));
  EXPECT_EQ(first.at("results").as_array().size(), 2U);
  const std::string after = text(first.at("paging").at("next").at("after"));
  const auto second = body_of(account.send("GET", base + "&after=" + after));
  EXPECT_EQ(second.at("results").as_array().size(), 1U);
  EXPECT_FALSE(second.as_object().contains("paging"));
}

}  // namespace
}  // namespace payferry::simulator
