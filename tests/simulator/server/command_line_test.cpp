#include "bench/simulator/server/command_line.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "model/shown_value.hpp"

namespace payferry::simulator {
namespace {

using ::testing::HasSubstr;
using namespace std::chrono_literals;

CommandLineEnd end_of_last;

std::optional<CommandLine> read(std::vector<const char*> arguments) {
  arguments.insert(arguments.begin(), "payferry-sim");
  end_of_last = {};
  return read_command_line(static_cast<int>(arguments.size()), arguments.data(), end_of_last);
}

TEST(CommandLine, NothingAskedIsAFreePortAndTheDefaults) {
  const auto line = read({});
  ASSERT_TRUE(line);
  EXPECT_EQ(line->server.port, 0);
  EXPECT_EQ(line->server.hubspot.limits.requests_per_window, 190U);
  EXPECT_TRUE(line->server.hubspot.access.tokens.empty());
}

TEST(CommandLine, TakesLimitsDurationsFaultsAndSwitches) {
  const auto line = read({"--port",
                          "8443",
                          "--requests-per-window",
                          "10",
                          "--window",
                          "1s",
                          "--latency",
                          "250ms",
                          "--fault",
                          "reset=5%",
                          "--fault",
                          "502=0.5%",
                          "--switch",
                          "echo-trace-id=on",
                          "--unthrottled",
                          "--seed",
                          "7",
                          "--no-ledger",
                          "--forget-properties",
                          "--late-commit-after",
                          "1s",
                          "--524-after",
                          "2s",
                          "--stall-for",
                          "3s",
                          "--slow-by",
                          "4s",
                          "--moving-for",
                          "5s"});
  ASSERT_TRUE(line) << end_of_last.text;
  const SimulatorOptions& hubspot = line->server.hubspot;
  EXPECT_EQ(line->server.port, 8443);
  EXPECT_EQ(hubspot.limits.requests_per_window, 10U);
  EXPECT_EQ(hubspot.limits.window, 1s);
  EXPECT_EQ(hubspot.latency, 250ms);
  EXPECT_EQ(hubspot.faults.probability[static_cast<std::size_t>(Fault::reset)], 0.05);
  EXPECT_EQ(hubspot.faults.probability[static_cast<std::size_t>(Fault::bad_gateway)], 0.005);
  EXPECT_TRUE(hubspot.switches.echo_trace_id);
  EXPECT_FALSE(hubspot.limits.enforced);
  EXPECT_EQ(hubspot.seed, 7U);
  EXPECT_FALSE(hubspot.keep_ledger);
  EXPECT_FALSE(hubspot.keep_properties);
  EXPECT_EQ(hubspot.faults.late_commit_after, 1s);
  EXPECT_EQ(hubspot.faults.timeout_524_after, 2s);
  EXPECT_EQ(hubspot.faults.stall_for, 3s);
  EXPECT_EQ(hubspot.faults.slow_by, 4s);
  EXPECT_EQ(hubspot.faults.moving_for, 5s);
}

TEST(CommandLine, TakesTheAccount) {
  const auto line = read({"--property", "payferry_run", "--property", "legacy_id:unique",
                          "--contacts", "2", "--currencies", "USD,JPY", "--time-zone", "UTC",
                          "--portal-id", "77", "--token", "a", "--token", "b"});
  ASSERT_TRUE(line) << end_of_last.text;
  const AccountOptions& account = line->server.hubspot.account;
  ASSERT_EQ(account.properties.size(), 2U);
  EXPECT_FALSE(account.properties[0].unique);
  EXPECT_EQ(account.properties[1].name, "legacy_id");
  EXPECT_TRUE(account.properties[1].unique);
  ASSERT_EQ(account.contacts.size(), 2U);
  EXPECT_EQ(account.contacts[1].email, "customer2@example.com");
  EXPECT_EQ(account.company_currency, "USD");
  EXPECT_EQ(account.portal_id, 77U);
  EXPECT_EQ(line->server.hubspot.access.tokens, (std::vector<std::string>{"a", "b"}));
}

TEST(CommandLine, ReadsContactsWithAndWithoutIds) {
  const std::string path = ::testing::TempDir() + "/payferry-sim-contacts.csv";
  std::ofstream(path) << "a@example.com\n51,b@example.com\r\n\n";
  const auto line = read({"--contacts-file", path.c_str()});
  ASSERT_TRUE(line) << end_of_last.text;
  const auto& contacts = line->server.hubspot.account.contacts;
  ASSERT_EQ(contacts.size(), 2U);
  EXPECT_EQ(contacts[0].email, "a@example.com");
  EXPECT_EQ(contacts[1].id, "51");
  EXPECT_EQ(contacts[1].email, "b@example.com");
}

TEST(CommandLine, HelpExplainsFaultsSwitchesAndAnExample) {
  EXPECT_FALSE(read({"--help"}));
  EXPECT_EQ(end_of_last.exit_code, 0);
  for (const char* expected : {"--requests-per-window", "reset-uncommitted", "echo-trace-id=on|off",
                               "payferry load", "/sim/stats", "Faults:", "Limits:"}) {
    EXPECT_THAT(end_of_last.text, HasSubstr(expected));
  }
  std::istringstream lines(end_of_last.text);
  for (std::string line; std::getline(lines, line);) EXPECT_LE(count_characters(line), 80U) << line;
}

TEST(CommandLine, WrongInputIsOneSentenceAndExit2) {
  const std::vector<std::pair<std::vector<const char*>, const char*>> cases = {
      {{"--port", "x"}, "--port"},
      {{"--bogus"}, "--bogus"},
      {{"--latency", "5"}, "--latency takes a duration such as 800ms, 10s or 5min, not \"5\""},
      {{"--fault", "fire=5%"}, "there is no fault \"fire\""},
      {{"--fault", "reset=5"}, "--fault reset takes a percentage such as 5%, not \"5\""},
      {{"--fault", "reset"}, "--fault takes NAME=VALUE"},
      {{"--fault", "reset=60%", "--fault", "502=60%"}, "over 100%"},
      {{"--switch", "nope=on"}, "there is no switch \"nope\""},
      {{"--switch", "echo-trace-id=yes"}, "takes on|off, not \"yes\""},
      {{"--property", "a:b"}, "--property takes NAME or NAME:unique"},
      {{"--contacts-file", "/nonexistent"}, "cannot read /nonexistent"}};
  for (const auto& [arguments, expected] : cases) {
    EXPECT_FALSE(read(arguments)) << expected;
    EXPECT_EQ(end_of_last.exit_code, 2);
    EXPECT_THAT(end_of_last.text, HasSubstr(expected));
    EXPECT_THAT(end_of_last.text, ::testing::StartsWith("payferry-sim: "));
    EXPECT_EQ(std::count(end_of_last.text.begin(), end_of_last.text.end(), '\n'), 1)
        << end_of_last.text;
  }
}

}  // namespace
}  // namespace payferry::simulator
