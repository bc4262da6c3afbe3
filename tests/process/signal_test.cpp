#include <gmock/gmock.h>
#include <sys/stat.h>

#include <algorithm>
#include <csignal>
#include <fstream>

#include "process/load_fixture.hpp"

namespace payferry::test {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

/// What a load makes of signals and of what else it gets from who starts it.
class SignalTest : public LoadFixture {
 protected:
  SignalTest() {
    start_simulator();
    write_config(kPaymentProperties);
    write_payments(100);
  }

  /// The script has the load's command line as "$0" "$@".
  std::unique_ptr<ChildProcess> start_in_shell(const std::string& script) {
    std::vector<std::string> words{
        "-c", script, (std::filesystem::path(PAYFERRY_BINARY_DIR) / "loader/payferry").string()};
    for (const std::string& word : load_arguments()) words.push_back(word);
    return start("/bin/sh", words);
  }
  bool has_sent() const {
    return read("run/attempts.ndjson").find("\"send\"") != std::string::npos;
  }
};

TEST_F(SignalTest, ASecondOneEndsItAtOnceWithTheCodeOfAStop) {
  answer_after(20s);
  const auto process = start_payferry(load_arguments());
  wait_until(*process, [&] { return has_sent(); });
  process->send_signal(SIGHUP);
  process->send_signal(SIGHUP);
  EXPECT_FALSE(process->wait(1s)) << "requests under way are let finish";
  process->send_signal(SIGINT);
  const auto result = process->wait(10s);
  ASSERT_TRUE(result);
  EXPECT_EQ(result->exit_code, 3);
}

TEST_F(SignalTest, OneBeforeTheConfigIsReadIsAStopToo) {
  ASSERT_EQ(::mkfifo(file("fifo.toml").c_str(), 0600), 0);
  const std::string config = read("payments.toml");
  std::vector<std::string> words = load_arguments();
  std::replace(words.begin(), words.end(), file("payments.toml").string(),
               file("fifo.toml").string());
  const auto process = start_payferry(words);
  {
    std::ofstream writer(file("fifo.toml"));  // opens when the reader is there
    process->send_signal(SIGTERM);
    writer << config;
  }
  const ProcessResult result = process->wait(60s).value();
  EXPECT_EQ(result.exit_code, 3) << result.err << result.out;
  EXPECT_THAT(result.out, HasSubstr("Stopped by SIGTERM"));
}

TEST_F(SignalTest, BelowNohupTheEndOfTheTerminalChangesNothing) {
  write_payments(300);
  answer_after(500ms);
  const auto process = start_in_shell("trap '' HUP; exec \"$0\" \"$@\" --set limits.connections=1");
  wait_until(*process, [&] { return has_sent(); });
  process->send_signal(SIGHUP);
  EXPECT_EQ(process->wait(60s).value().exit_code, 0);
  EXPECT_EQ(summary().tally.created, 300U);
}

// What payferry opens would get their numbers, and the summary would be written into it.
TEST_F(SignalTest, TheNumbersOfClosedInputsAndOutputsStayFree) {
  answer_after(500ms);
  const auto process = start_in_shell("exec \"$0\" \"$@\" <&- >&- 2>&-");
  wait_until(*process, [&] { return has_sent(); });
  const std::string descriptors = "/proc/" + std::to_string(process->id()) + "/fd/";
  for (const char* number : {"0", "1", "2"})
    EXPECT_EQ(std::filesystem::read_symlink(descriptors + number), "/dev/null") << number;
  EXPECT_EQ(process->wait(60s).value().exit_code, 0);
  EXPECT_EQ(summary().tally.created, 100U);
}

}  // namespace
}  // namespace payferry::test
