#include <gmock/gmock.h>

#include <csignal>
#include <map>
#include <random>
#include <set>

#include "process/load_fixture.hpp"

namespace payferry::test {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

constexpr const char* kHeader = "id,amount,created,currency,status,email,contact\n";

std::string row(const std::string& id, const std::string& email, const std::string& contact = "") {
  return id + ",12.50,2024-01-01T10:00:00Z,GBP,succeeded," + email + "," + contact + "\n";
}

class AssociationTest : public LoadFixture {
 protected:
  AssociationTest() {
    simulator_.hubspot.account.contacts = {{.id = "51", .email = "a@example.com"},
                                           {.id = "52", .email = "b@example.com"}};
  }

  void write_association_config(const std::string& lines) const {
    write_config(kPaymentProperties, "[[associations]]\nto = \"contacts\"\n" + lines);
  }
  /// By the record's key: "<object>:<id>:<type>" of each association that was made.
  std::map<std::string, std::set<std::string>> associations() {
    std::map<std::uint64_t, std::string> keys;
    std::map<std::string, std::set<std::string>> made;
    with_hubspot([&](simulator::SimulatedHubSpot& hubspot) {
      for (const simulator::LedgerEntry& entry : hubspot.ledger().entries()) {
        if (entry.action != simulator::LedgerAction::associated)
          keys[entry.id] = std::string(entry.key);
      }
      for (const simulator::LedgerEntry& entry : hubspot.ledger().entries()) {
        if (entry.action == simulator::LedgerAction::associated)
          made[keys.at(entry.id)].emplace(entry.key);
      }
    });
    return made;
  }
  std::size_t payments() {
    std::size_t count = 0;
    with_hubspot([&](simulator::SimulatedHubSpot& hubspot) {
      count = hubspot.live_records("commerce_payments");
    });
    return count;
  }
  void expect_refused(const std::string& text, const std::vector<std::string>& more = {}) {
    write("payments.csv", kHeader + row("A", "a@example.com", "51"));
    const ProcessResult result = load(more);
    EXPECT_EQ(result.exit_code, 2) << result.err << result.out;
    EXPECT_THAT(result.err, HasSubstr(text));
    EXPECT_EQ(payments(), 0U);
  }
};

using Associations = std::map<std::string, std::set<std::string>>;

TEST_F(AssociationTest, APaymentIsTiedToTheContactThatItsEmailStandsFor) {
  start_simulator();
  write_association_config("from = \"email\"\nmatch = \"email\"\n");
  write("payments.csv", kHeader + row("A", "a@example.com") + row("B", "B@Example.com") +
                            row("C", "") + row("D", "nobody@example.com"));
  const ProcessResult result = load();
  EXPECT_EQ(result.exit_code, 0) << result.err << result.out;
  const Associations expected{{"A", {"contacts:51:387"}}, {"B", {"contacts:52:387"}}};
  EXPECT_EQ(associations(), expected);
  EXPECT_EQ(outcomes().at(4).outcome.status, OutcomeStatus::created);
  EXPECT_EQ(outcomes().at(4).outcome.refusal->code, "ASSOCIATION_NOT_FOUND");
  EXPECT_EQ(summary().tally.lacking_association, 1U);
  EXPECT_THAT(read("run/summary.json"), HasSubstr(R"("lacking_association":1)"));
  EXPECT_THAT(result.out, HasSubstr("lacking  an association: 1 of the loaded"));
  EXPECT_THAT(read("run/payferry.log"), HasSubstr("1 record is loaded without an association"));
}

TEST_F(AssociationTest, OrIsRejectedWithoutOneAndItsNeighboursLoad) {
  start_simulator();
  write_association_config("from = \"email\"\nmatch = \"email\"\nmissing = \"reject\"\n");
  write("payments.csv",
        kHeader + row("A", "a@example.com") + row("B", "nobody@example.com") + row("C", ""));
  const ProcessResult result = load();
  EXPECT_EQ(result.exit_code, 1) << result.err << result.out;
  EXPECT_EQ(outcomes().at(2).outcome.status, OutcomeStatus::rejected);
  EXPECT_EQ(outcomes().at(2).outcome.refusal->code, "ASSOCIATION_NOT_FOUND");
  EXPECT_EQ(payments(), 2U);
  EXPECT_THAT(read("run/rejects.csv"), HasSubstr("nobody@example.com"));
}

TEST_F(AssociationTest, AnUpsertMakesItsAssociationsToo) {
  start_simulator();
  write_association_config("from = \"contact\"\n");
  write("payments.csv",
        kHeader + row("A", "", "51") + row("B", "") + row("C", "", "999") + row("A", "", "52"));
  const ProcessResult result = load({"--set", "hubspot.write=upsert"});
  EXPECT_EQ(result.exit_code, 0) << result.err << result.out;
  const Associations expected{{"A", {"contacts:51:387", "contacts:52:387"}}};
  EXPECT_EQ(associations(), expected);
  const auto all = outcomes();
  EXPECT_EQ(all.at(1).outcome.status, OutcomeStatus::created);
  EXPECT_EQ(all.at(4).outcome.status, OutcomeStatus::updated);
  EXPECT_EQ(all.at(3).outcome.status, OutcomeStatus::created);
  EXPECT_EQ(all.at(3).outcome.refusal->code, "ASSOCIATION_REFUSED");
  EXPECT_THAT(all.at(3).outcome.refusal->message, HasSubstr("999 is not a valid ID"));
  EXPECT_EQ(payments(), 3U);
  std::filesystem::rename(file("run"), file("first"));
  EXPECT_EQ(load({"--set", "hubspot.write=upsert"}).exit_code, 0);
  EXPECT_EQ(outcomes().at(1).outcome.status, OutcomeStatus::updated);
  EXPECT_EQ(payments(), 3U);
}

/// Contract §5.6: HubSpot's guide says 542 for an order in one place and 523 in another.
TEST_F(AssociationTest, ATypeThatHubSpotDoesNotKnowIsFoundBeforeTheFirstWrite) {
  start_simulator();
  write_association_config("from = \"contact\"\ntype_id = 542\n");
  expect_refused(
      "type_id = 542 is no association from commerce_payments to contacts: HubSpot "
      "knows 387");
  EXPECT_FALSE(std::filesystem::exists(file("run")));
}

TEST_F(AssociationTest, APropertyThatCannotBeMatchedIsFoundBeforeTheFirstWrite) {
  start_simulator();
  write_association_config("from = \"email\"\nmatch = \"emial\"\n");
  expect_refused("no property \"emial\" of contacts to match by; did you mean \"email\"?");
  write_association_config("from = \"email\"\nmatch = \"phone\"\n");
  expect_refused("cannot look up contacts by match = \"phone\"");
}

TEST_F(AssociationTest, AnObjectThatHubSpotDoesNotKnowIsFoundBeforeTheFirstWrite) {
  start_simulator();
  write_association_config("from = \"contact\"\n");
  expect_refused("dragons", {"--set", "associations.0.to=dragons"});
}

TEST_F(AssociationTest, EveryVersionAndTheNumericIdOfTheObjectGoTheSameWay) {
  start_simulator();
  write_association_config("from = \"email\"\nmatch = \"email\"\n");
  std::size_t loaded = 0;
  for (const char* version : {"v3", "2025-09", "2026-03", "2026-09"}) {
    for (const char* write_mode : {"create", "upsert"}) {
      const std::string key = std::string(version) + write_mode;
      write("payments.csv", kHeader + row(key, "a@example.com"));
      const ProcessResult result = load({"--set", "hubspot.object=0-101", "--set",
                                         "hubspot.api_version=" + std::string(version), "--set",
                                         "hubspot.write=" + std::string(write_mode)});
      EXPECT_EQ(result.exit_code, 0) << key << result.err << result.out;
      EXPECT_EQ(outcomes().at(1).outcome.status, OutcomeStatus::created) << key;
      EXPECT_EQ(associations()[key], std::set<std::string>{"contacts:51:387"}) << key;
      std::filesystem::remove_all(file("run"));
      ++loaded;
    }
  }
  EXPECT_EQ(payments(), loaded);
}

class OtherObjectTest : public AssociationTest {
 protected:
  OtherObjectTest() {
    simulator_.hubspot.account.properties.push_back({"deal_reference", true, "deals"});
  }
  std::vector<std::string> deals(const std::string& write_mode) const {
    return {"--set", "hubspot.object=deals",       "--set", "hubspot.id_property=deal_reference",
            "--set", "hubspot.write=" + write_mode};
  }
};

TEST_F(OtherObjectTest, DealsAreLoadedAndTiedLikePayments) {
  start_simulator();
  write_config(
      "deal_reference = { from = \"id\" }\ndealname = { from = \"id\" }\n"
      "amount = { from = \"amount\", type = \"decimal\" }\n",
      "[[associations]]\nto = \"contacts\"\nfrom = \"email\"\nmatch = \"email\"\n");
  write("payments.csv", kHeader + row("A", "a@example.com") + row("B", "b@example.com") +
                            row("A", "a@example.com"));
  EXPECT_EQ(load(deals("create")).exit_code, 1);
  EXPECT_EQ(outcomes().at(3).outcome.refusal->code, "DUPLICATE_IN_SOURCE");
  std::filesystem::rename(file("run"), file("first"));
  const ProcessResult upsert = load(deals("upsert"));
  EXPECT_EQ(upsert.exit_code, 0) << upsert.err << upsert.out;
  EXPECT_EQ(outcomes().at(3).outcome.status, OutcomeStatus::updated);
  const Associations expected{{"A", {"contacts:51:3"}}, {"B", {"contacts:52:3"}}};
  EXPECT_EQ(associations(), expected);
  with_hubspot([](simulator::SimulatedHubSpot& hubspot) {
    EXPECT_EQ(hubspot.live_records("deals"), 2U);
    EXPECT_EQ(hubspot.value_of("deals", "deal_reference", "A", "amount"), "12.50");
  });
}

TEST_F(OtherObjectTest, ContactsAreUpsertedByTheirEmail) {
  start_simulator();
  write_config("email = { from = \"email\", type = \"email\" }\nfirstname = { from = \"id\" }\n");
  write("payments.csv", kHeader + row("Ann", "a@example.com") + row("Cy", "C@example.com"));
  const ProcessResult result = load({"--set", "hubspot.object=contacts", "--set",
                                     "hubspot.id_property=email", "--set", "hubspot.write=upsert"});
  EXPECT_EQ(result.exit_code, 0) << result.err << result.out;
  EXPECT_EQ(outcomes().at(1).outcome.status, OutcomeStatus::updated);
  EXPECT_EQ(outcomes().at(1).outcome.id, "51");
  EXPECT_EQ(outcomes().at(2).outcome.status, OutcomeStatus::created);
}

/// Killed again and again, between the two calls of an upsert too.
TEST_F(AssociationTest, AnUpsertThatIsKilledEndsWithAllItsAssociations) {
  constexpr std::uint64_t kRecords = 3'000;
  simulator_.hubspot.account.contacts.clear();
  for (std::uint64_t contact = 0; contact < 700; ++contact)
    simulator_.hubspot.account.contacts.push_back(
        {.id = std::to_string(1'000 + contact), .email = "c" + std::to_string(contact) + "@x.com"});
  simulator_.hubspot.faults.with(simulator::Fault::reset, 0.05)
      .with(simulator::Fault::bad_gateway, 0.05)
      .with(simulator::Fault::empty, 0.03);
  simulator_.hubspot.faults.on_reads = true;
  simulator_.hubspot.latency = 20ms;
  simulator_.hubspot.jitter = 15ms;
  start_simulator();
  write_association_config("from = \"email\"\nmatch = \"email\"\n");
  std::string rows = kHeader;
  for (std::uint64_t record = 0; record < kRecords; ++record)
    rows += row("P" + std::to_string(record), "c" + std::to_string(record % 700) + "@x.com");
  write("payments.csv", rows);

  std::mt19937_64 random(7);
  auto process = start_payferry(load_arguments({"--set", "hubspot.write=upsert"}));
  for (int kill = 0; kill < 5; ++kill) {
    process->wait(std::chrono::milliseconds(100 + random() % 400));
    process->send_signal(SIGKILL);
    process->wait(10s);
    process = start_payferry(load_arguments({"--set", "hubspot.write=upsert"}));
  }
  const auto end = process->wait(120s);
  ASSERT_TRUE(end);
  EXPECT_EQ(end->exit_code, 0) << end->err << end->out;
  EXPECT_EQ(outcomes().size(), kRecords);
  EXPECT_EQ(payments(), kRecords);
  const Associations made = associations();
  for (std::uint64_t record = 0; record < kRecords; ++record) {
    const std::string contact = std::to_string(1'000 + record % 700);
    const auto of_record = made.find("P" + std::to_string(record));
    ASSERT_NE(of_record, made.end()) << record;
    EXPECT_EQ(of_record->second, std::set<std::string>{"contacts:" + contact + ":387"}) << record;
  }
}

}  // namespace
}  // namespace payferry::test
