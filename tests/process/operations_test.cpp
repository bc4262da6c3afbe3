#include <gmock/gmock.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <cstdlib>
#include <cstring>

#include "loader/run/file_descriptor.hpp"
#include "process/load_fixture.hpp"

namespace payferry::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// What a scheduler, a monitoring system and systemd see of a load.
class OperationsTest : public LoadFixture {
 protected:
  void write_payments(int records) const {
    std::string text = "id,amount,created,currency,status\n";
    for (int i = 0; i < records; ++i)
      text += "SECRET-" + std::to_string(i) + ",12.50,2024-01-01T10:00:00Z,GBP,succeeded\n";
    write("payments.csv", text);
  }
};

bool is_installed(const std::string& program) {
  return std::system(("command -v " + program + " >/dev/null 2>&1").c_str()) == 0;
}

TEST_F(OperationsTest, TheMetricsFileSaysHowTheRunEnded) {
  start_simulator();
  write_config(kPaymentProperties);
  write_payments(250);
  EXPECT_EQ(load({"--metrics-file", file("night.prom").string()}).exit_code, 0);
  const std::string metrics = read("night.prom");
  EXPECT_THAT(metrics,
              HasSubstr("payferry_records_total{import=\"night\",status=\"created\"} 250\n"));
  EXPECT_THAT(metrics, HasSubstr("payferry_complete{import=\"night\"} 1\n"));
  EXPECT_THAT(metrics, HasSubstr("payferry_exit_code{import=\"night\"} 0\n"));
  EXPECT_THAT(metrics, HasSubstr("payferry_request_duration_seconds_count{import=\"night\"} 3\n"));
  EXPECT_THAT(metrics, Not(HasSubstr("SECRET")));
}

// It is far from read to its end when the file is written for the first time.
TEST_F(OperationsTest, TheMetricsFileOfACompleteRunHasAllOfItsInput) {
  start_simulator();
  write_config(kPaymentProperties);
  write_payments(9'000);
  EXPECT_EQ(load({"--metrics-file", file("night.prom").string()}).exit_code, 0);
  const std::string bytes = std::to_string(std::filesystem::file_size(file("payments.csv")));
  const std::string metrics = read("night.prom");
  EXPECT_THAT(metrics,
              HasSubstr("payferry_input_read_bytes_total{import=\"night\"} " + bytes + "\n"));
  EXPECT_THAT(metrics, HasSubstr("payferry_input_bytes{import=\"night\"} " + bytes + "\n"));
}

TEST_F(OperationsTest, PromtoolAcceptsTheMetricsFile) {
  if (!is_installed("promtool")) GTEST_SKIP() << "promtool (package prometheus) is not installed";
  start_simulator();
  write_config(kPaymentProperties);
  write_payments(10);
  EXPECT_EQ(load({"--metrics-file", file("night.prom").string()}).exit_code, 0);
  const std::string told = file("promtool.txt").string();
  const std::string command =
      "promtool check metrics <" + file("night.prom").string() + " >" + told + " 2>&1";
  EXPECT_EQ(std::system(command.c_str()), 0) << read("promtool.txt");
  EXPECT_EQ(read("promtool.txt"), "");
}

TEST_F(OperationsTest, AMetricsFileThatCannotBeWrittenStopsNothing) {
  start_simulator();
  write_config(kPaymentProperties);
  write_payments(10);
  const ProcessResult loaded = load({"--metrics-file", "/nowhere/night.prom"});
  EXPECT_EQ(loaded.exit_code, 0);
  EXPECT_THAT(read("run/payferry.log"), HasSubstr("Cannot write /nowhere/night.prom"));
  // Written at the run's begin and at its end, and told once.
  EXPECT_EQ(loaded.err,
            "payferry: warning: Cannot write /nowhere/night.prom: No such file or directory; the "
            "run is not touched by that\n");
}

TEST_F(OperationsTest, TheLogTellsTheRunByBatchesWithoutAnyPaymentData) {
  simulator_.hubspot.faults.with(simulator::Fault::bad_gateway, 0.5);
  start_simulator();
  write_config(kPaymentProperties);
  write_payments(500);
  EXPECT_EQ(load().exit_code, 0);
  const std::string log = read("run/payferry.log");
  EXPECT_THAT(log, HasSubstr(" begins run "));
  EXPECT_THAT(log, HasSubstr("server fault; HTTP 502 in "));
  EXPECT_THAT(log, HasSubstr(" look-up of "));
  EXPECT_THAT(log, HasSubstr("end: complete, exit code 0, 500 records, 500 loaded"));
  EXPECT_THAT(log, Not(HasSubstr("SECRET")));
  EXPECT_THAT(log, Not(HasSubstr("debug")));
}

TEST_F(OperationsTest, TheLogLevelDecidesHowMuchIsLogged) {
  start_simulator();
  write_config(kPaymentProperties);
  write_payments(10);
  EXPECT_EQ(load({"--log-level", "debug"}).exit_code, 0);
  EXPECT_THAT(read("run/payferry.log"), HasSubstr("batch 1 attempt 1 of 10 records: sent"));
  EXPECT_THAT(read("run/payferry.log"), HasSubstr("correlation id "));
  std::filesystem::rename(file("run"), file("first"));
  EXPECT_EQ(load({"--log-level", "error"}).exit_code, 0);
  EXPECT_EQ(read("run/payferry.log"), "");
}

/// Listens where a service's NOTIFY_SOCKET points.
class NotifySocket {
 public:
  explicit NotifySocket(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strcpy(address.sun_path, path.c_str());
    const auto* bound = reinterpret_cast<const sockaddr*>(&address);
    EXPECT_EQ(::bind(socket_.get(), bound, sizeof address), 0);
  }

  /// What it was told since the last time, a message a line.
  std::string told() const {
    std::string told;
    char text[1024];
    for (ssize_t got; (got = ::recv(socket_.get(), text, sizeof text, 0)) > 0;)
      told.append(text, static_cast<std::size_t>(got)).push_back('\n');
    return told;
  }

 private:
  FileDescriptor socket_{::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)};
};

TEST_F(OperationsTest, SystemdIsToldOfReadinessAndOfTheEndOfACompleteRunToo) {
  start_simulator();
  write_config(kPaymentProperties);
  write_payments(10);
  const NotifySocket systemd(file("notify").string());
  environment_["NOTIFY_SOCKET"] = file("notify").string();
  EXPECT_EQ(load().exit_code, 0);
  EXPECT_THAT(systemd.told(), HasSubstr("STATUS=complete\n"));
  EXPECT_EQ(load().exit_code, 0);
  EXPECT_EQ(systemd.told(), "READY=1\nSTATUS=complete\n");
}

TEST_F(OperationsTest, SystemdIsToldOfReadinessAndOfTheEnd) {
  start_simulator();
  write_config(kPaymentProperties);
  write_payments(10);
  const NotifySocket systemd(file("notify").string());
  environment_["NOTIFY_SOCKET"] = file("notify").string();
  environment_["WATCHDOG_USEC"] = "10000000";
  EXPECT_EQ(load().exit_code, 0);
  const std::string told = systemd.told();
  EXPECT_THAT(told, HasSubstr("READY=1\n"));
  EXPECT_THAT(told, HasSubstr("WATCHDOG=1\n"));
  EXPECT_THAT(told, HasSubstr("STATUS=complete\n"));
}

TEST_F(OperationsTest, SystemdIsToldWhatARunThatIsNotCompleteNeeds) {
  start_simulator();
  write_config(kPaymentProperties);
  const NotifySocket systemd(file("notify").string());
  environment_["NOTIFY_SOCKET"] = file("notify").string();
  write("payments.csv",
        "id,amount,created,currency,status\np-1,none,2024-01-01T00:00:00Z,GBP,succeeded\n");
  EXPECT_EQ(load({"--max-errors", "1"}).exit_code, 3);
  EXPECT_THAT(systemd.told(), HasSubstr("STATUS=stopped; go on with payferry resume " +
                                        file("run").string() + "\n"));
  std::filesystem::remove_all(file("run"));
  write("payments.csv",
        "id,amount,created,currency,status\np-1,1.00,2024-01-01T00:00:00Z,GBP,\"succeeded\n");
  EXPECT_EQ(load().exit_code, 1);
  EXPECT_THAT(systemd.told(), HasSubstr("STATUS=the input broke off\n"));
}

TEST_F(OperationsTest, SystemdAcceptsTheUnits) {
  if (!is_installed("systemd-analyze")) GTEST_SKIP() << "systemd-analyze is not installed";
  const std::string units = std::string(PAYFERRY_SOURCE_DIR) + "/config/systemd/";
  const std::string command = "systemd-analyze verify --man=no " + units + "payferry@.service " +
                              units + "payferry@.timer >" + file("told.txt").string() + " 2>&1";
  EXPECT_EQ(std::system(command.c_str()), 0);
  EXPECT_EQ(read("told.txt"), "");
}

TEST_F(OperationsTest, GroffAcceptsTheManPages) {
  if (!is_installed("groff")) GTEST_SKIP() << "groff is not installed";
  const std::string pages = std::string(PAYFERRY_SOURCE_DIR) + "/packaging/";
  const std::string command = "groff -man -Tutf8 -ww -z " + pages + "payferry.1.in " + pages +
                              "payferry-sim.1.in >" + file("told.txt").string() + " 2>&1";
  EXPECT_EQ(std::system(command.c_str()), 0);
  EXPECT_EQ(read("told.txt"), "");
}

TEST_F(OperationsTest, ZshOffersTheOptionsOfACommandBehindOneOfEveryCommand) {
  if (!is_installed("zsh")) GTEST_SKIP() << "zsh is not installed";
  const std::string source = PAYFERRY_SOURCE_DIR;
  const std::string command = "timeout 60 zsh -f " + source + "/tests/process/zsh_offers.zsh " +
                              source + "/packaging/completions 'payferry load --set a=b --' >" +
                              file("told.txt").string();
  EXPECT_EQ(std::system(command.c_str()), 0);
  EXPECT_THAT(read("told.txt"), HasSubstr("--config\n"));
  EXPECT_THAT(read("told.txt"), HasSubstr("--set\n"));
  EXPECT_THAT(read("told.txt"), Not(HasSubstr("--offline")));
}

TEST_F(OperationsTest, TheVersionIsTold) {
  EXPECT_THAT(payferry({"--version"}).out, ::testing::MatchesRegex("payferry [0-9.]+.*\n"));
}

}  // namespace
}  // namespace payferry::test
