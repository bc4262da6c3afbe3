#include <gmock/gmock.h>
#include <sys/stat.h>

#include <algorithm>
#include <sstream>

#include "model/shown_value.hpp"
#include "process/load_fixture.hpp"

namespace payferry::test {
namespace {

using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kHeader = "id,amount,created,currency,status\n";
constexpr const char* kGood =
    "id,amount,created,currency,status\n"
    "A,12.50,2024-01-01T10:00:00Z,GBP,succeeded\n"
    "B,-3.00,2024-01-02T10:00:00Z,EUR,refunded\n";

class CheckTest : public LoadFixture {
 protected:
  ProcessResult check(const std::vector<std::string>& more = {}) {
    std::vector<std::string> arguments{"check",      "-c",   file("payments.toml").string(),
                                       "--progress", "none", file("payments.csv").string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return payferry(arguments);
  }
  void expect_fits_80_columns(const std::string& text) {
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);)
      EXPECT_LE(count_characters(line), 80U) << line;
  }
  std::uint64_t writes() {
    std::uint64_t records = 0;
    with_hubspot([&](simulator::SimulatedHubSpot& hubspot) {
      records = hubspot.live_records("commerce_payments");
    });
    return records;
  }

  static constexpr const char* kList = "payments-problems.ndjson";
};

TEST_F(CheckTest, AGoodFileWouldBeSentWholeAndNothingIsSent) {
  start_simulator();
  write_config(kPaymentProperties);
  write("payments.csv", kGood);
  const ProcessResult result = check();
  EXPECT_EQ(result.exit_code, 0) << result.err << result.out;
  EXPECT_THAT(result.out, HasSubstr("Every record would be sent.\n"));
  EXPECT_THAT(result.out, HasSubstr("GBP  read                1                   12.50\n"));
  EXPECT_THAT(result.out, HasSubstr("1 request: less than 0.1% of the day's 625,000"));
  EXPECT_FALSE(std::filesystem::exists(file(kList)));
  EXPECT_EQ(writes(), 0U);
  expect_fits_80_columns(result.out);
}

TEST_F(CheckTest, WhatDoesNotFitIsSaidWithItsPlaceInTheConfig) {
  start_simulator();
  write("payments.csv", kGood);
  write_config(std::string(kPaymentProperties) + "hs_internal_comment = { from = \"notes\" }\n");
  ProcessResult result = check({"--offline"});
  EXPECT_EQ(result.exit_code, 2);
  const std::string config = read("payments.toml");
  const auto line = std::to_string(
      1 + std::count(config.begin(),
                     config.begin() + static_cast<std::ptrdiff_t>(config.find("\"notes\"")), '\n'));
  EXPECT_THAT(unwrapped(result.err),
              HasSubstr("payments.csv does not fit the config: " + file("payments.toml").string() +
                        ":" + line + ":25: property hs_internal_comment: the input has no column"));
  write_config(std::string(kPaymentProperties) + "no_such_property = { from = \"id\" }\n");
  result = check();
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(unwrapped(result.out),
              HasSubstr("payments.toml:" + line + ":22: HubSpot has no property"));
}

TEST_F(CheckTest, NoCardNumberOfTheConfigIsShown) {
  start_simulator();
  write("payments.csv", kGood);
  for (const char* line : {"x = { value = 4111111111111111 }", "x = 4111111111111111",
                           "x = { from = \"4111 1111 1111 1111\" }", "\"4111111111111111\" = 1"}) {
    write_config(std::string(kPaymentProperties) + line + "\n");
    const ProcessResult result = check({"--offline"});
    EXPECT_EQ(result.exit_code, 2) << line;
    EXPECT_THAT(result.err, HasSubstr("1111")) << line;
    EXPECT_THAT(result.err + result.out, Not(AnyOf(HasSubstr("41111111"), HasSubstr("4111 1111"))))
        << line;
  }
}

TEST_F(CheckTest, EveryProblemIsToldByCauseAndListedByPlace) {
  start_simulator();
  write_config(kPaymentProperties);
  write("payments.csv", std::string(kHeader) +
                            "A,12.50,2024-01-01T10:00:00Z,GBP,succeeded\n"
                            "B,12.5O,yesterday,GBP,succeeded\n"
                            "C,1.00,2024-01-02T10:00:00Z,GBP,no such status\n"
                            "A,1.00,2024-01-02T10:00:00Z,GBP,failed\n"
                            "D,1.00,2024-01-02T10:00:00Z,GBP,failed,too many\n"
                            "E,1.00,2024-01-02T10:00:00Z,GBP,4111 1111 1111 1111\n");
  const ProcessResult result = check();
  EXPECT_EQ(result.exit_code, 1) << result.err << result.out;
  expect_fits_80_columns(result.out);
  EXPECT_THAT(result.out, HasSubstr("line 3: \"12.5O\" is not a decimal number; write it like"));
  EXPECT_THAT(result.out, HasSubstr("5 records of 6 would not be loaded"));
  EXPECT_THAT(result.out, HasSubstr(kList));
  const std::string list = read(kList);
  EXPECT_EQ(std::count(list.begin(), list.end(), '\n'), 6);
  EXPECT_THAT(list, HasSubstr("\"line\":3,\"record\":2,\"column\":\"amount\",\"property\":"
                              "\"hs_initial_amount\",\"code\":\"INVALID_DECIMAL\",\"value\":"
                              "\"12.5O\",\"message\":"));
  EXPECT_THAT(list, HasSubstr("INVALID_DATETIME"));
  EXPECT_THAT(list, HasSubstr("\"code\":\"INVALID_OPTION\",\"value\":\"no such status\""));
  EXPECT_THAT(list, HasSubstr("DUPLICATE_IN_SOURCE"));
  EXPECT_THAT(list, HasSubstr("RAGGED_ROW"));
  EXPECT_THAT(list, HasSubstr("**** **** **** 1111"));
  EXPECT_THAT(list + result.out, Not(HasSubstr("4111")));
  struct stat status {};
  ASSERT_EQ(::stat(file(kList).c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  EXPECT_EQ(writes(), 0U);
}

TEST_F(CheckTest, CheckAndLoadAgreeOnWhatIsRefused) {
  start_simulator();
  write_config(kPaymentProperties);
  std::string rows = kHeader;
  for (int i = 0; i < 1000; ++i) {
    rows += "id-" + std::to_string(i % 900) + "," + (i % 7 == 0 ? "x" : "1.00") +
            ",2024-01-02T10:00:00Z,GBP," + (i % 11 == 0 ? "odd" : "failed") + "\n";
  }
  write("payments.csv", rows);
  const ProcessResult checked = check();
  EXPECT_EQ(checked.exit_code, 1) << checked.err;
  EXPECT_EQ(load().exit_code, 1);
  const Tally tally = summary().tally;
  EXPECT_THAT(checked.out, HasSubstr(std::to_string(tally.refused()) + " records of 1,000"));
  EXPECT_GT(tally.rejected, 0U);
}

TEST_F(CheckTest, OfflineNothingIsAskedAndNoTokenNeeded) {
  environment_.clear();
  write_config(kPaymentProperties);
  write("payments.csv", kGood);
  const ProcessResult result = check({"--offline"});
  EXPECT_EQ(result.exit_code, 0) << result.err << result.out;
  EXPECT_THAT(result.out, HasSubstr("(--offline)"));
  EXPECT_THAT(result.out, HasSubstr("as far as can be told offline"));
}

TEST_F(CheckTest, WithoutATokenTheAccountIsLeftOutAndThatIsSaid) {
  environment_.clear();
  start_simulator();
  write_config(kPaymentProperties);
  write("payments.csv", kGood);
  const ProcessResult result = check();
  EXPECT_EQ(result.exit_code, 0) << result.err << result.out;
  EXPECT_THAT(result.out, HasSubstr("HubSpot was not asked"));
  EXPECT_THAT(result.out, HasSubstr("HUBSPOT_TOKEN"));
}

TEST_F(CheckTest, ARefusedTokenIsExit4AndTheFileIsCheckedAllTheSame) {
  environment_["HUBSPOT_TOKEN"] = "wrong";
  start_simulator();
  write_config(kPaymentProperties);
  write("payments.csv", std::string(kHeader) + "A,x,2024-01-01T10:00:00Z,GBP,succeeded\n");
  const ProcessResult result = check();
  EXPECT_EQ(result.exit_code, 4) << result.err << result.out;
  EXPECT_THAT(result.err, HasSubstr("token"));
  EXPECT_THAT(result.out, HasSubstr("INVALID_DECIMAL"));
}

TEST_F(CheckTest, AMissingScopeIsExit4) {
  simulator_.hubspot.access.missing_scopes = {"crm.objects.commercepayments.read",
                                              "crm.schemas.commercepayments.read"};
  start_simulator();
  write_config(kPaymentProperties);
  write("payments.csv", kGood);
  EXPECT_EQ(check().exit_code, 4);
}

TEST_F(CheckTest, AConfigThatTheAccountWouldNotTakeIsExit2WithEachReason) {
  start_simulator();
  write_config(std::string(kPaymentProperties) +
               "hs_initial_amuont = { from = \"amount\" }\n"
               "hs_net_amount = { from = \"amount\" }\n"
               "hs_processor_type = { value = \"nonne\" }\n");
  write("payments.csv", kGood);
  const ProcessResult result = check();
  EXPECT_EQ(result.exit_code, 2) << result.err << result.out;
  EXPECT_THAT(result.out, HasSubstr("HubSpot would not take this config:"));
  EXPECT_THAT(unwrapped(result.out), HasSubstr("did you mean \"hs_initial_amount\"?"));
  EXPECT_THAT(unwrapped(result.out), HasSubstr("\"hs_net_amount\" is read-only"));
  EXPECT_THAT(unwrapped(result.out), HasSubstr("did you mean \"none\""));
  expect_fits_80_columns(result.out);
}

TEST_F(CheckTest, AnAssociationThatTheAccountDoesNotHaveIsFoundByCheckAndByLoad) {
  start_simulator();
  write_config(kPaymentProperties,
               "[[associations]]\nto = \"contacts\"\nfrom = \"id\"\ntype_id = 999\n");
  write("payments.csv", std::string(kHeader) + "12,12.50,2024-01-01T10:00:00Z,GBP,succeeded\n");
  const ProcessResult checked = check();
  EXPECT_EQ(checked.exit_code, 2) << checked.err << checked.out;
  EXPECT_THAT(unwrapped(checked.out), HasSubstr("type_id = 999"));
  const ProcessResult loaded = load();
  EXPECT_EQ(loaded.exit_code, 2) << loaded.err << loaded.out;
  EXPECT_THAT(loaded.err, HasSubstr("type_id = 999"));
  EXPECT_EQ(writes(), 0U);
}

TEST_F(CheckTest, AnAssociationWithoutItsTypeIsAskedFor) {
  start_simulator();
  write_config(kPaymentProperties, "[[associations]]\nto = \"contacts\"\nfrom = \"id\"\n");
  write("payments.csv", std::string(kHeader) + "12,12.50,2024-01-01T10:00:00Z,GBP,succeeded\n");
  EXPECT_EQ(check().exit_code, 0);
}

TEST_F(CheckTest, ADayThatIsNotEnoughIsForecast) {
  simulator_.hubspot.limits.requests_per_day = 100;
  start_simulator();
  write_config(kPaymentProperties);
  std::string rows = kHeader;
  for (int i = 0; i < 15'000; ++i)
    rows += "id-" + std::to_string(i) + ",1.00,2024-01-02T10:00:00Z,GBP,failed\n";
  write("payments.csv", rows);
  const ProcessResult result = check();
  EXPECT_EQ(result.exit_code, 0) << result.err << result.out;
  EXPECT_THAT(result.out, HasSubstr("150 requests: 150% of the day's 100"));
  EXPECT_THAT(result.out, HasSubstr("--wait"));
  expect_fits_80_columns(result.out);
}

TEST_F(CheckTest, TwoFilesAreTakenTogetherAndNamed) {
  write_config(kPaymentProperties);
  write("payments.csv", kGood);
  write("more.csv", std::string(kHeader) + "A,1.00,2024-01-01T10:00:00Z,GBP,succeeded\n");
  const ProcessResult result = check({"--offline", file("more.csv").string()});
  EXPECT_EQ(result.exit_code, 1) << result.err << result.out;
  EXPECT_THAT(read(kList), HasSubstr("more.csv\",\"line\":2,\"record\":3,"));
  EXPECT_THAT(result.out, HasSubstr("DUPLICATE_IN_SOURCE"));
}

TEST_F(CheckTest, AMendedFileLeavesNoListOfTheEarlierCheck) {
  write_config(kPaymentProperties);
  write("payments.csv", std::string(kHeader) + "A,x,2024-01-01T10:00:00Z,GBP,succeeded\n");
  EXPECT_EQ(check({"--offline"}).exit_code, 1);
  EXPECT_TRUE(std::filesystem::exists(file(kList)));
  write("payments.csv", kGood);
  EXPECT_EQ(check({"--offline"}).exit_code, 0);
  EXPECT_FALSE(std::filesystem::exists(file(kList)));
}

TEST_F(CheckTest, TheTokenIsWrittenNowhere) {
  simulator_.hubspot.access.tokens = {"pat-na1-marked-secret"};
  environment_["HUBSPOT_TOKEN"] = "pat-na1-marked-secret";
  start_simulator();
  write_config(kPaymentProperties);
  write("payments.csv", std::string(kHeader) + "A,x,2024-01-01T10:00:00Z,GBP,succeeded\n");
  const ProcessResult result = check({"--log-level", "trace"});
  EXPECT_THAT(result.out + result.err + read(kList), Not(HasSubstr("marked-secret")));
}

}  // namespace
}  // namespace payferry::test
