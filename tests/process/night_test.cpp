#include <gmock/gmock.h>

#include <csignal>
#include <functional>
#include <set>

#include "process/load_fixture.hpp"

namespace payferry::test {
namespace {

using namespace std::chrono_literals;
using simulator::Fault;
using ::testing::HasSubstr;

constexpr int kRecords = 3'000;

/// What can go wrong with an import that nobody watches; docs/operating.md shows the same night.
class NightTest : public LoadFixture {
 protected:
  NightTest() {
    simulator_.hubspot.latency = 20ms;
    std::string text = "id,amount,created,currency,status\n";
    for (int i = 0; i < kRecords; ++i)
      text += "N-" + std::to_string(i) + ",12.50,2024-01-01T10:00:00Z,GBP,succeeded\n";
    write("payments.csv", text);
  }

  /// `connections = 1`: a request after the other, so that there is a middle of the load.
  void begin(const std::string& retry = "") {
    start_simulator();
    write_config(kPaymentProperties);
    std::string config = read("payments.toml");
    config.replace(config.find("[retry]\n"), 8, "connections = 1\n[retry]\n" + retry);
    write("payments.toml", config);
  }

  std::unique_ptr<ChildProcess> start_and_reach_the_middle() {
    auto process = start_payferry(load_arguments());
    wait_until(*process, [&] { return in_hubspot() >= 300; });
    return process;
  }

  ProcessResult ended(ChildProcess& process) {
    auto result = process.wait(60s);
    if (!result) throw std::runtime_error("payferry did not end in time");
    return *std::move(result);
  }

  ProcessResult resume() {
    return payferry({"resume", file("run").string(), "--progress", "none"});
  }

  std::string resume_command() const { return "payferry resume " + file("run").string() + "\n"; }

  void expect_stopped(const ProcessResult& result, int code, const std::string& why) {
    EXPECT_EQ(result.exit_code, code) << result.err << result.out;
    EXPECT_THAT(unwrapped(result.out), HasSubstr(why));
    EXPECT_THAT(result.out, HasSubstr("What has an outcome is safe; go on with:\n"));
    expect_told_once(result.out);
    EXPECT_FALSE(summary().complete);
    EXPECT_TRUE(summary().books_balance());
    EXPECT_LT(in_hubspot(), kRecords);
  }

  /// How to go on is the last word, and said once.
  void expect_told_once(const std::string& out) {
    EXPECT_TRUE(out.ends_with(resume_command())) << out;
    EXPECT_EQ(out.find("payferry resume"), out.rfind("payferry resume")) << out;
  }

  void expect_each_record_once() {
    std::set<std::string> ids;
    for (const auto& [number, line] : outcomes()) {
      EXPECT_EQ(line.outcome.status, OutcomeStatus::created) << number;
      EXPECT_TRUE(ids.insert(line.outcome.id).second) << line.outcome.id << " twice";
    }
    EXPECT_EQ(ids.size(), kRecords);
    EXPECT_EQ(in_hubspot(), kRecords);
    EXPECT_TRUE(summary().complete);
    EXPECT_TRUE(summary().books_balance());
  }
};

TEST_F(NightTest, AnOverlappingRunIsRefusedAndTheFirstOneGoesOn) {
  begin();
  const auto first = start_and_reach_the_middle();
  const ProcessResult second = load();
  EXPECT_EQ(second.exit_code, 2);
  EXPECT_THAT(second.err, HasSubstr("Another payferry is at work on"));
  EXPECT_EQ(ended(*first).exit_code, 0);
  expect_each_record_once();
}

TEST_F(NightTest, ATokenThatExpiresInTheMiddleIsExit4AndAnotherGoesOn) {
  begin();
  const auto process = start_and_reach_the_middle();
  break_hubspot(Fault::expired);
  expect_stopped(ended(*process), 4, "The token has expired. Give a new one.");
  EXPECT_EQ(resume().exit_code, 4) << "a token that has expired before the start";
  mend_hubspot();
  EXPECT_EQ(resume().exit_code, 0);
  expect_each_record_once();
}

TEST_F(NightTest, ATokenThatExpiredBeforeTheStartIsExit4AndAnotherGoesOn) {
  begin();
  break_hubspot(Fault::expired);
  expect_stopped(load(), 4, "The token has expired. Give a new one.");
  EXPECT_EQ(in_hubspot(), 0U);
  mend_hubspot();
  EXPECT_EQ(load().exit_code, 0);
  expect_each_record_once();
}

TEST_F(NightTest, HubSpotDownForAWhileIsWaitedForAndNothingIsLost) {
  begin("attempts = 1000\n");
  const auto process = start_and_reach_the_middle();
  break_hubspot(Fault::reset_uncommitted);
  const auto log_has = [&](const char* text) {
    return read("run/payferry.log").find(text) != std::string::npos;
  };
  wait_until(*process, [&] { return log_has("outage"); });
  mend_hubspot();
  EXPECT_EQ(ended(*process).exit_code, 0);
  EXPECT_TRUE(log_has("outage over: HubSpot answers again"));
  expect_each_record_once();
}

TEST_F(NightTest, HubSpotDownForLongerIsAStopAndResumeGoesOn) {
  begin("attempts = 3\n");
  const auto process = start_and_reach_the_middle();
  break_hubspot(Fault::reset_uncommitted);
  expect_stopped(ended(*process), 3, "");
  mend_hubspot();
  EXPECT_EQ(resume().exit_code, 0);
  expect_each_record_once();
}

TEST_F(NightTest, ADeadlineStopsItInTimeAndResumeGoesOn) {
  simulator_.hubspot.latency = 200ms;
  begin();
  expect_stopped(load({"--deadline", "2s"}), 3, "deadline");
  EXPECT_EQ(resume().exit_code, 0);
  expect_each_record_once();
}

TEST_F(NightTest, ThatItSleepsUntilMidnightIsToldOnce) {
  simulator_.hubspot.limits.enforced = true;
  simulator_.hubspot.limits.requests_per_day = 20;
  begin();
  const auto process = start_payferry(load_arguments({"--wait"}));
  const auto is_told = [&] { return read("run/payferry.log").find("wait: ") != std::string::npos; };
  wait_until(*process, is_told);
  process->send_signal(SIGTERM);
  const ProcessResult result = ended(*process);
  expect_stopped(result, 3, "Stopped by SIGTERM");
  const std::string told = "payferry: The day's requests are used, less daily_reserve: as --wait";
  EXPECT_THAT(unwrapped(result.err), HasSubstr(told));
  EXPECT_EQ(result.err.find(told), result.err.rfind(told));
}

class FullDiskTest : public NightTest {
 protected:
  /// Runs a shell script in which $@ loads.
  ProcessResult run_script(const std::string& script) {
    std::vector<std::string> words{"-c", script,
                                   std::string(PAYFERRY_BINARY_DIR) + "/loader/payferry"};
    for (std::string& word : load_arguments()) words.push_back(std::move(word));
    environment_["PATH"] = "/usr/sbin:/usr/bin:/sbin:/bin";
    return ended(*start("/bin/sh", words));
  }
};

TEST_F(FullDiskTest, AFileThatMayNotGrowIsAStopAndResumeGoesOn) {
  begin();
  // In blocks of 512 bytes; without the trap the signal of the limit would kill it.
  const ProcessResult result = run_script("trap '' XFSZ; ulimit -f 300; exec \"$0\" \"$@\"");
  expect_stopped(result, 3, "outcomes.ndjson: File too large. Free some space there.");
  EXPECT_EQ(resume().exit_code, 0);
  expect_each_record_once();
}

TEST_F(FullDiskTest, AFullDiskIsAStopAndResumeGoesOn) {
  begin();
  const std::string small =
      "mkdir run && mount -t tmpfs -o size=200k,mode=700 tmpfs run || exit 77\n";
  const ProcessResult result = run_script(
      "exec unshare --mount --map-root-user sh -c '" + small +
      "\"$0\" \"$@\" && exit 70\n"
      "echo stopped with $?; mount -o remount,size=64m run; \"$0\" resume run --progress none\n"
      "code=$?; mkdir kept && cp run/* kept && exit $code' \"$0\" \"$@\"");
  if (result.exit_code == 77 || result.err.find("unshare failed") != std::string::npos)
    GTEST_SKIP() << "no small disk can be mounted here: " << result.err;
  EXPECT_EQ(result.exit_code, 0) << result.err << result.out;
  EXPECT_THAT(unwrapped(result.out), HasSubstr("No space left on device. Free some space there."));
  EXPECT_THAT(result.out, HasSubstr("stopped with 3\n"));
  std::filesystem::remove(file("run"));
  std::filesystem::rename(file("kept"), file("run"));
  expect_each_record_once();
}

}  // namespace
}  // namespace payferry::test
