#include <gmock/gmock.h>

#include <sys/stat.h>

#include "process/load_fixture.hpp"

namespace payferry::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class LoadTest : public LoadFixture {};

constexpr const char* kHeader = "id,amount,created,currency,status\n";

TEST_F(LoadTest, EveryRecordOfASmallFileIsCreatedAndAccountedFor) {
  start_simulator();
  write_config(kPaymentProperties);
  write("payments.csv", std::string(kHeader) +
                            "A,12.50,2024-01-01T10:00:00Z,GBP,succeeded\n"
                            "B,-3.00,2024-01-02T10:00:00Z,EUR,refunded\n");
  const ProcessResult result = load();
  EXPECT_EQ(result.exit_code, 0) << result.err;
  const auto all = outcomes();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all.at(1).outcome.status, OutcomeStatus::created);
  EXPECT_EQ(all.at(1).key, "A");
  EXPECT_FALSE(all.at(1).outcome.id.empty());
  EXPECT_TRUE(summary().complete);
  EXPECT_THAT(read("run/summary.json"), HasSubstr(R"("GBP":{"read":{"count":1,"sum":"12.50"})"));
  with_hubspot([](simulator::SimulatedHubSpot& hubspot) {
    EXPECT_EQ(hubspot.live_records("commerce_payments"), 2U);
    EXPECT_EQ(
        hubspot.value_of("commerce_payments", "hs_external_reference_id", "B", "hs_initial_amount"),
        "-3.00");
  });
}

TEST_F(LoadTest, ABadRecordNeverCostsItsNeighbours) {
  start_simulator();
  write_config(kPaymentProperties);
  write("payments.csv", std::string(kHeader) +
                            "A,12.50,2024-01-01T10:00:00Z,GBP,succeeded\n"
                            "B,12.5O,2024-01-02T10:00:00Z,GBP,succeeded\n"
                            "C,1.00,2024-01-02T10:00:00Z,GBP,no such status\n"
                            "D,1.00,2024-01-02T10:00:00Z,GBP,failed,too many\n"
                            "E,1.00,2024-01-02T10:00:00Z,GBP,failed\n"
                            "A,1.00,2024-01-02T10:00:00Z,GBP,failed\n");
  const ProcessResult result = load();
  EXPECT_EQ(result.exit_code, 1) << result.err;
  const auto all = outcomes();
  ASSERT_EQ(all.size(), 6U);
  EXPECT_EQ(all.at(1).outcome.status, OutcomeStatus::created);
  EXPECT_EQ(all.at(2).outcome.status, OutcomeStatus::invalid);
  EXPECT_EQ(all.at(2).outcome.refusal->code, "INVALID_DECIMAL");
  EXPECT_EQ(all.at(3).outcome.status, OutcomeStatus::rejected);
  EXPECT_EQ(all.at(3).outcome.refusal->code, "INVALID_OPTION");
  EXPECT_EQ(all.at(3).outcome.refusal->property, "hs_latest_status");
  EXPECT_EQ(all.at(4).outcome.status, OutcomeStatus::invalid);
  EXPECT_EQ(all.at(5).outcome.status, OutcomeStatus::created);
  EXPECT_EQ(all.at(6).outcome.refusal->code, "DUPLICATE_IN_SOURCE");
  EXPECT_EQ(all.at(6).outcome.refusal->first_record, RecordNumber(1));
  EXPECT_THAT(read("run/rejects.csv"),
              HasSubstr("id,amount,created,currency,status,payferry_error\r\n"
                        "B,12.5O,2024-01-02T10:00:00Z,GBP,succeeded,\""));
  EXPECT_TRUE(summary().books_balance());
}

TEST_F(LoadTest, RejectsAreMendedAndLoadedAgainWithTheSameConfig) {
  start_simulator();
  write_config(kPaymentProperties);
  write("payments.csv", std::string(kHeader) +
                            "A,12.50,2024-01-01T10:00:00Z,GBP,succeeded\n"
                            "B,12.5O,2024-01-02T10:00:00Z,GBP,succeeded\n");
  EXPECT_EQ(load().exit_code, 1);
  std::string mended = read("run/rejects.csv");
  mended.replace(mended.find("12.5O"), 5, "12.50");
  write("mended.csv", mended);
  const ProcessResult again = payferry({"load", "-c", file("payments.toml").string(), "--run-dir",
                                        file("second").string(), file("mended.csv").string()});
  EXPECT_EQ(again.exit_code, 0) << again.err << again.out;
}

TEST_F(LoadTest, LoadingTheSameFileTwiceEndsWithEveryRecordExisting) {
  start_simulator();
  write_config(kPaymentProperties);
  write("payments.csv", std::string(kHeader) +
                            "A,12.50,2024-01-01T10:00:00Z,GBP,succeeded\n"
                            "B,1.00,2024-01-02T10:00:00Z,GBP,succeeded\n");
  EXPECT_EQ(load().exit_code, 0);
  std::filesystem::rename(file("run"), file("first"));
  EXPECT_EQ(load().exit_code, 0);
  const auto all = outcomes();
  EXPECT_EQ(all.at(1).outcome.status, OutcomeStatus::existing);
  EXPECT_EQ(all.at(2).outcome.status, OutcomeStatus::existing);
  with_hubspot([](simulator::SimulatedHubSpot& hubspot) {
    EXPECT_EQ(hubspot.live_records("commerce_payments"), 2U);
  });
}

TEST_F(LoadTest, ACompleteRunIsLeftAsItIs) {
  start_simulator();
  write_config(kPaymentProperties);
  write("payments.csv", std::string(kHeader) + "A,12.5O,2024-01-01T10:00:00Z,GBP,succeeded\n");
  EXPECT_EQ(load().exit_code, 1);
  const std::string before = read("run/outcomes.ndjson");
  EXPECT_EQ(load().exit_code, 1);
  EXPECT_EQ(payferry({"resume", file("run").string()}).exit_code, 1);
  EXPECT_EQ(read("run/outcomes.ndjson"), before);
}

TEST_F(LoadTest, AnotherMappingOnAStandingRunIsRefused) {
  start_simulator();
  write_config(kPaymentProperties);
  write("payments.csv", std::string(kHeader) + "A,12.50,2024-01-01T10:00:00Z,GBP,succeeded\n");
  EXPECT_EQ(load().exit_code, 0);
  write_config(kPaymentProperties, "hs_internal_comment = { value = \"other\" }\n");
  const ProcessResult result = load();
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("hs_internal_comment"));
}

TEST_F(LoadTest, AHeaderWithoutRowsIsNothingToDo) {
  start_simulator();
  write_config(kPaymentProperties);
  write("payments.csv", kHeader);
  EXPECT_EQ(load().exit_code, 0);
  EXPECT_EQ(summary().tally.records, 0U);
}

/// Contract §2.4: it was seen to answer with success and to do nothing.
TEST_F(LoadTest, AnswersThatTellNothingEndInAStopThatIsResumed) {
  start_simulator();
  write_payments(300);
  with_hubspot([](simulator::SimulatedHubSpot& hubspot) {
    hubspot.faults().plan().with(simulator::Fault::empty_uncommitted, 1);
  });
  for (const char* write_mode : {"create", "upsert"}) {
    write_config(kPaymentProperties);
    const std::vector<std::string> options{"--set", "retry.attempts=3", "--set",
                                           std::string("hubspot.write=") + write_mode};
    const ProcessResult result = load(options);
    EXPECT_EQ(result.exit_code, 3) << write_mode;
    EXPECT_THAT(unwrapped(result.out), HasSubstr("what became of the same records")) << write_mode;
    EXPECT_LE(summary().counters.requests, 40U) << write_mode;
    std::filesystem::remove_all(file("run"));
  }
  EXPECT_EQ(load({"--set", "retry.attempts=2"}).exit_code, 3);
  with_hubspot([](simulator::SimulatedHubSpot& hubspot) { hubspot.faults().plan() = {}; });
  EXPECT_EQ(load({"--set", "retry.attempts=2"}).exit_code, 0);
  EXPECT_EQ(outcomes().size(), 300U);
}

TEST_F(LoadTest, TheRunDirectoryIsForItsOwnerOnly) {
  start_simulator();
  write_config(kPaymentProperties);
  write("payments.csv", std::string(kHeader) + "A,12.5O,2024-01-01T10:00:00Z,GBP,succeeded\n");
  EXPECT_EQ(load().exit_code, 1);
  const auto mode = [&](const std::string& name) {
    struct stat status {};
    ::stat(file(name).c_str(), &status);
    return status.st_mode & 0777U;
  };
  EXPECT_EQ(mode("run"), 0700U);
  for (const auto& entry : std::filesystem::directory_iterator(file("run"))) {
    EXPECT_EQ(mode("run/" + entry.path().filename().string()), 0600U) << entry.path();
  }
}

TEST_F(LoadTest, TheTokenIsWrittenNowhere) {
  simulator_.hubspot.access.tokens = {"pat-na1-marked-secret"};
  environment_["HUBSPOT_TOKEN"] = "pat-na1-marked-secret";
  start_simulator();
  write_config(kPaymentProperties);
  write("payments.csv", std::string(kHeader) + "A,12.5O,2024-01-01T10:00:00Z,GBP,succeeded\n");
  const ProcessResult result = load({"--log-level", "trace"});
  EXPECT_THAT(result.out + result.err, Not(HasSubstr("marked-secret")));
  for (const auto& entry : std::filesystem::directory_iterator(file("run"))) {
    EXPECT_THAT(read("run/" + entry.path().filename().string()), Not(HasSubstr("marked-secret")))
        << entry.path();
  }
}

class UnusableTest : public LoadFixture {
 protected:
  void expect_refused(int code, const std::string& text) {
    const ProcessResult result = load();
    EXPECT_EQ(result.exit_code, code) << result.err << result.out;
    EXPECT_THAT(result.err, HasSubstr(text));
  }
  void write_one_payment() const {
    write("payments.csv", std::string(kHeader) + "A,12.50,2024-01-01T10:00:00Z,GBP,succeeded\n");
  }
};

TEST_F(UnusableTest, AMissingFileIsNamed) {
  start_simulator();
  write_config(kPaymentProperties);
  expect_refused(2, "payments.csv");
}

TEST_F(UnusableTest, AFileOfZeroBytesIsRefused) {
  start_simulator();
  write_config(kPaymentProperties);
  write("payments.csv", "");
  expect_refused(2, "payments.csv");
  EXPECT_FALSE(std::filesystem::exists(file("run")))
      << "a run that never began must not be in the way of the next";
}

TEST_F(UnusableTest, NothingIsLeftOfTheFolderOfRunsThatWasMadeForIt) {
  start_simulator();
  write_config(kPaymentProperties);
  const std::vector<std::string> arguments{"load",       "-c",   file("payments.toml").string(),
                                           "--progress", "none", file("missing.csv").string()};
  EXPECT_EQ(payferry(arguments).exit_code, 2);
  EXPECT_FALSE(std::filesystem::exists(file("payferry-runs")));
  std::filesystem::create_directory(file("payferry-runs"));
  EXPECT_EQ(payferry(arguments).exit_code, 2);
  EXPECT_TRUE(std::filesystem::is_empty(file("payferry-runs"))) << "it stood there before";
}

TEST_F(UnusableTest, ADirectoryThatStoodThereBeforeStays) {
  start_simulator();
  write_config(kPaymentProperties);
  write("payments.csv", "");
  std::filesystem::create_directory(file("run"));
  expect_refused(2, "payments.csv");
  EXPECT_TRUE(std::filesystem::is_empty(file("run")));
}

TEST_F(UnusableTest, ALogThatStoodThereBeforeStays) {
  start_simulator();
  write_config(kPaymentProperties);
  write("payments.csv", "");
  std::filesystem::create_directory(file("run"));
  write("run/payferry.log", "Started");
  expect_refused(2, "payments.csv");
  EXPECT_EQ(read("run/payferry.log").substr(0, 7), "Started");
}

TEST_F(UnusableTest, AMissingConfigIsNamed) {
  write_one_payment();
  expect_refused(2, "payments.toml");
}

TEST_F(UnusableTest, AnUnknownColumnIsNamedWithTheNearestOne) {
  start_simulator();
  write_config(std::string(kPaymentProperties) + "hs_customer_email = { from = \"amuont\" }\n");
  write_one_payment();
  expect_refused(2, "amuont");
}

TEST_F(UnusableTest, AnUnknownPropertyIsFoundBeforeTheFirstWrite) {
  start_simulator();
  write_config(std::string(kPaymentProperties) + "hs_initial_amuont = { from = \"amount\" }\n");
  write_one_payment();
  expect_refused(2, "hs_initial_amuont");
  with_hubspot([](simulator::SimulatedHubSpot& hubspot) {
    EXPECT_EQ(hubspot.live_records("commerce_payments"), 0U);
  });
}

TEST_F(UnusableTest, AWrongTokenIsExit4) {
  environment_["HUBSPOT_TOKEN"] = "wrong";
  start_simulator();
  write_config(kPaymentProperties);
  write_one_payment();
  const ProcessResult result = load();
  EXPECT_EQ(result.exit_code, 4) << result.err << result.out;
}

TEST_F(UnusableTest, NoTokenIsExit2) {
  environment_.clear();
  start_simulator();
  write_config(kPaymentProperties);
  write_one_payment();
  expect_refused(2, "HUBSPOT_TOKEN");
}

TEST_F(UnusableTest, AnUnknownIssuerOfTheCertificateIsExit2) {
  start_simulator();
  write_config(kPaymentProperties);
  std::filesystem::remove(file("ca.pem"));
  {
    simulator::ServerOptions other;
    other.ca_file = file("ca.pem").string();
    const simulator::SimulatorServer another_authority(other);
  }
  write_one_payment();
  expect_refused(2, "certificate");
}

TEST_F(UnusableTest, AnUnreachableServerIsAStopThatCanBeResumed) {
  start_simulator();
  std::string config;
  write_config(kPaymentProperties);
  config = read("payments.toml");
  const auto start = config.find("https://");
  config.replace(start, config.find('"', start) - start, "https://localhost:1");
  config.replace(config.find("[retry]\n"), 8, "[retry]\nattempts = 2\n");
  write("payments.toml", config);
  write_one_payment();
  EXPECT_EQ(load().exit_code, 3);
}

TEST_F(UnusableTest, ASecondProcessOnTheSameRunIsRefused) {
  simulator_.hubspot.latency = std::chrono::seconds(20);
  start_simulator();
  write_config(kPaymentProperties);
  write_one_payment();
  const auto first = start_payferry(load_arguments());
  while (!std::filesystem::exists(file("run/payferry.log"))) {
    ASSERT_FALSE(first->wait(std::chrono::milliseconds(5))) << "the first process ended early";
  }
  expect_refused(2, "Another payferry");
}

}  // namespace
}  // namespace payferry::test
