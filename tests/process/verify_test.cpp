#include <gmock/gmock.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <sstream>

#include "loader/verify/verify_state.hpp"
#include "process/after_load_fixture.hpp"

namespace payferry::test {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;

class VerifyTest : public AfterLoadFixture {
 protected:
  /// As it stands in payments.csv.
  std::string amount_of(std::size_t record) const {
    std::istringstream lines(read("payments.csv"));
    std::string cell;
    for (std::size_t line = 0; line < record; ++line) std::getline(lines, cell);
    for (int column = 0; column < 3; ++column) std::getline(lines, cell, ',');
    return cell;
  }
  VerifyState state() const { return VerifyState::parse(read("run/verify.json")).value(); }
};

TEST_F(VerifyTest, WhatWasJustLoadedIsAllThereToTheCent) {
  ASSERT_EQ(load_payments(350).exit_code, 0);
  const ProcessResult result = verify();
  EXPECT_EQ(result.exit_code, 0) << result.err << result.out;
  EXPECT_THAT(result.out, HasSubstr("HubSpot holds what the source says.\n"));
  EXPECT_EQ(read("run/verify.ndjson"), "");
  EXPECT_EQ(state().same, 350U);
  EXPECT_TRUE(state().agrees());
  const ControlTotals loaded = summary().tally.totals;
  const ControlTotals held = state().held;
  for (const auto& [currency, books] : held.by_currency())
    EXPECT_EQ(books.read, loaded.by_currency().at(currency).loaded) << currency.code();
}

TEST_F(VerifyTest, WhatTheRunRefusedIsNotLookedFor) {
  ASSERT_EQ(load_payments(350, 0.1).exit_code, 1);
  const ProcessResult result = verify();
  EXPECT_EQ(result.exit_code, 0) << result.err << result.out;
  EXPECT_EQ(state().checked(), summary().tally.created);
  EXPECT_EQ(state().source.refused(), summary().tally.refused());
  EXPECT_THAT(result.out, HasSubstr("but for what the run refused"));
}

TEST_F(VerifyTest, ARecordChangedBehindTheBackIsFoundAndNamedByProperty) {
  ASSERT_EQ(load_payments(250).exit_code, 0);
  const OutcomeLine changed = outcomes().at(123);
  change_in_hubspot(changed.outcome.id, "hs_initial_amount", "0.01");
  const ProcessResult result = verify();
  EXPECT_EQ(result.exit_code, 1) << result.err << result.out;
  const std::string findings = read("run/verify.ndjson");
  EXPECT_THAT(findings,
              HasSubstr(R"({"record":123,"line":)" + std::to_string(changed.line.value()) +
                        R"(,"key":")" + changed.key + R"(")"));
  EXPECT_THAT(findings, HasSubstr(R"("properties":{"hs_initial_amount":)"));
  EXPECT_THAT(findings, HasSubstr(R"("hubspot":"0.01"})"));
  EXPECT_EQ(std::count(findings.begin(), findings.end(), '\n'), 1);
  EXPECT_FALSE(state().books_balance());
  EXPECT_EQ(state().same, 249U);
}

TEST_F(VerifyTest, AnotherSpellingOfAValueIsNoDifference) {
  ASSERT_EQ(load_payments(3).exit_code, 0);
  change_in_hubspot(outcomes().at(1).outcome.id, "hs_initial_amount", "000" + amount_of(1));
  EXPECT_EQ(verify().exit_code, 0);
}

TEST_F(VerifyTest, ARecordThatIsGoneIsTold) {
  ASSERT_EQ(load_payments(120).exit_code, 0);
  archive_in_hubspot(outcomes().at(7).outcome.id);
  const ProcessResult result = verify();
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(read("run/verify.ndjson"), HasSubstr(R"("record":7,)"));
  EXPECT_THAT(read("run/verify.ndjson"), HasSubstr(R"("status":"gone")"));
  EXPECT_THAT(result.out, HasSubstr("1 record is gone"));
}

TEST_F(VerifyTest, RecordsThatStoodThereBeforeAreComparedToo) {
  ASSERT_EQ(load_payments(120).exit_code, 0);
  std::filesystem::rename(file("run"), file("first"));
  ASSERT_EQ(load().exit_code, 0);
  ASSERT_EQ(outcomes().at(5).outcome.status, OutcomeStatus::existing);
  EXPECT_EQ(verify().exit_code, 0);
  change_in_hubspot(outcomes().at(5).outcome.id, "hs_latest_status", "disputed_won");
  EXPECT_EQ(verify().exit_code, 1);
  EXPECT_THAT(read("run/verify.ndjson"), HasSubstr(R"("outcome":"existing","status":"differs")"));
}

TEST_F(VerifyTest, AnUpsertedRunIsComparedWithItsKey) {
  start_simulator();
  write_config(kPaymentProperties);
  std::string config = read("payments.toml");
  config.insert(config.find("[limits]"), "write = \"upsert\"\n");
  write("payments.toml", config);
  write_payments(150);
  ASSERT_EQ(load().exit_code, 0);
  const ProcessResult result = verify();
  EXPECT_EQ(result.exit_code, 0) << result.err << result.out;
  change_in_hubspot(outcomes().at(9).outcome.id, "hs_external_reference_id", "another");
  EXPECT_EQ(verify().exit_code, 1);
  EXPECT_THAT(read("run/verify.ndjson"), HasSubstr(R"({"hs_external_reference_id":{)"));
}

TEST_F(VerifyTest, OfRowsThatAnUpsertMadeOneRecordTheLastOneCounts) {
  start_simulator();
  write_config(kPaymentProperties);
  std::string config = read("payments.toml");
  config.insert(config.find("[limits]"), "write = \"upsert\"\n");
  write("payments.toml", config);
  write("payments.csv",
        "id,amount,created,currency,status\n"
        "A,1.00,2024-01-01T10:00:00Z,GBP,processing\n"
        "B,5.00,2024-01-01T10:00:00Z,GBP,processing\n"
        "A,2.50,2024-01-01T10:00:00Z,EUR,succeeded\n");
  ASSERT_EQ(load().exit_code, 0);
  const ProcessResult result = verify();
  EXPECT_EQ(result.exit_code, 0) << result.err << result.out;
  EXPECT_EQ(state().superseded, 1U);
  EXPECT_TRUE(state().books_balance());
  EXPECT_EQ(read("run/verify.ndjson"), "");
  change_in_hubspot(outcomes().at(3).outcome.id, "hs_initial_amount", "9.99");
  EXPECT_EQ(verify().exit_code, 1);
  EXPECT_EQ(state().superseded, 1U);
  EXPECT_EQ(state().differing, 1U);
  EXPECT_THAT(read("run/verify.ndjson"), HasSubstr(R"({"record":3,)"));
}

TEST_F(VerifyTest, FaultsOfHubSpotCostOnlyTime) {
  using simulator::Fault;
  simulator_.hubspot.faults.with(Fault::reset, 0.1)
      .with(Fault::bad_gateway, 0.1)
      .with(Fault::truncated, 0.1)
      .with(Fault::empty, 0.1)
      .with(Fault::throttled, 0.1);
  simulator_.hubspot.faults.on_writes = false;
  simulator_.hubspot.faults.on_reads = true;
  ASSERT_EQ(load_payments(1'000).exit_code, 0);
  const ProcessResult result = verify();
  EXPECT_EQ(result.exit_code, 0) << result.err << result.out;
  EXPECT_EQ(state().same, 1'000U);
}

TEST_F(VerifyTest, APartialAnswerThatComesBackEmptyIsAskedForInHalves) {
  simulator_.hubspot.switches.partial_read = simulator::SimulatorSwitches::PartialRead::empty;
  ASSERT_EQ(load_payments(120).exit_code, 0);
  archive_in_hubspot(outcomes().at(7).outcome.id);
  EXPECT_EQ(verify().exit_code, 1);
  EXPECT_EQ(state().same, 119U);
  EXPECT_EQ(state().gone, 1U);
}

TEST_F(VerifyTest, ASourceThatChangedSinceIsRefused) {
  ASSERT_EQ(load_payments(20).exit_code, 0);
  write("payments.csv", read("payments.csv") + "more,1.00,2024-01-01T10:00:00Z,GBP,succeeded\n");
  const ProcessResult result = verify();
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("payments.csv"));
}

TEST_F(VerifyTest, AWrongTokenIsToldByItsOwnCode) {
  ASSERT_EQ(load_payments(20).exit_code, 0);
  environment_["HUBSPOT_TOKEN"] = "wrong";
  EXPECT_EQ(verify().exit_code, 4);
  EXPECT_FALSE(std::filesystem::exists(file("run/verify.json")));
}

TEST_F(VerifyTest, WhereNothingListensItSaysSo) {
  ASSERT_EQ(load_payments(10).exit_code, 0);
  const ProcessResult result =
      verify({"--set", "hubspot.base_url=https://localhost:1", "--set", "retry.attempts=2"});
  EXPECT_EQ(result.exit_code, 3);
  EXPECT_THAT(unwrapped(result.err), HasSubstr("HubSpot cannot be reached: no connection to"));
}

TEST_F(VerifyTest, AnIncompleteRunIsComparedAsFarAsItCame) {
  start_simulator();
  write_config(kPaymentProperties);
  write_payments(300);
  ASSERT_EQ(load({"--max-errors", "1"}).exit_code, 0);
  // As if it had been killed with the last records under way.
  std::string log = read("run/outcomes.ndjson");
  for (int line = 0; line < 50; ++line) log.erase(log.rfind('\n', log.size() - 2) + 1);
  write("run/outcomes.ndjson", log);
  std::filesystem::remove(file("run/summary.json"));
  const ProcessResult result = verify();
  EXPECT_EQ(result.exit_code, 1) << result.err << result.out;
  EXPECT_THAT(result.out, HasSubstr("\nThe run is not complete: what has an outcome was compared. "
                                    "Go on with the run first:\n  payferry resume " +
                                    file("run").string() + "\n"));
  EXPECT_EQ(state().same, 250U);
}

TEST_F(VerifyTest, AStoppedVerifyGoesOnWhereItWas) {
  ASSERT_EQ(load_payments(3'000).exit_code, 0);
  change_in_hubspot(outcomes().at(3).outcome.id, "hs_latest_status", "disputed_won");
  with_hubspot([](simulator::SimulatedHubSpot& hubspot) {
    hubspot.faults().plan().on_reads = true;
    hubspot.faults().plan().slow_by = 400ms;
    hubspot.faults().plan().with(simulator::Fault::slow, 1);
  });
  const std::vector<std::string> slowly{"--set", "limits.connections=2"};
  std::vector<std::string> arguments{"verify", file("run").string(), "--progress", "none"};
  arguments.insert(arguments.end(), slowly.begin(), slowly.end());
  const auto process = start_payferry(arguments);
  while (!std::filesystem::exists(file("run/verify.json")))
    ASSERT_FALSE(process->wait(5ms)) << "it ended early";
  EXPECT_FALSE(process->wait(1'500ms)) << "it ended early";
  process->send_signal(SIGINT);
  const auto stopped = process->wait(30s);
  ASSERT_TRUE(stopped);
  EXPECT_EQ(stopped->exit_code, 3) << stopped->err << stopped->out;
  EXPECT_THAT(stopped->out, HasSubstr("payferry verify"));
  const VerifyState half = state();
  EXPECT_GT(half.checked(), 0U);
  EXPECT_LT(half.checked(), 3'000U);

  with_hubspot([](simulator::SimulatedHubSpot& hubspot) { hubspot.faults().plan() = {}; });
  const ProcessResult rest = verify();
  EXPECT_EQ(rest.exit_code, 1) << rest.err << rest.out;
  EXPECT_THAT(rest.err, HasSubstr("Going on at record"));
  EXPECT_EQ(state().checked(), 3'000U);
  EXPECT_EQ(state().differing, 1U);
  const std::string findings = read("run/verify.ndjson");
  EXPECT_EQ(std::count(findings.begin(), findings.end(), '\n'), 1);
  EXPECT_EQ(state().source.totals.by_currency().size(),
            summary().tally.totals.by_currency().size());
}

TEST_F(VerifyTest, AVerifyThatWasKilledGoesOnToo) {
  ASSERT_EQ(load_payments(3'000).exit_code, 0);
  with_hubspot([](simulator::SimulatedHubSpot& hubspot) {
    hubspot.faults().plan().on_reads = true;
    hubspot.faults().plan().slow_by = 300ms;
    hubspot.faults().plan().with(simulator::Fault::slow, 1);
  });
  const auto process = start_payferry(
      {"verify", file("run").string(), "--progress", "none", "--set", "limits.connections=2"});
  EXPECT_FALSE(process->wait(2'500ms)) << "it ended early";
  process->send_signal(SIGKILL);
  ASSERT_TRUE(process->wait(10s));
  with_hubspot([](simulator::SimulatedHubSpot& hubspot) { hubspot.faults().plan() = {}; });
  EXPECT_EQ(verify().exit_code, 0);
  EXPECT_EQ(state().same, 3'000U);
}

}  // namespace
}  // namespace payferry::test
