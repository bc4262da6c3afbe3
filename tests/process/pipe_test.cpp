#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <set>

#include "model/instant.hpp"
#include "process/load_fixture.hpp"

namespace payferry::test {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

/// A shell's pipeline from the program's point of view.
class Pipe {
 public:
  Pipe() {
    if (::pipe2(ends_.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  }
  ~Pipe() {
    close();
    ::close(ends_[0]);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  int reader() const { return ends_[0]; }
  /// As much as a pipe holds, so that it never waits.
  void send(const std::string& text) const {
    ASSERT_EQ(::write(ends_[1], text.data(), text.size()), static_cast<ssize_t>(text.size()));
  }
  /// Whoever reads has all that was sent.
  bool is_taken() const {
    int left = 0;
    return ::ioctl(ends_[0], FIONREAD, &left) == 0 && left == 0;
  }
  void close() {
    if (ends_[1] >= 0) ::close(ends_[1]);
    ends_[1] = -1;
  }

 private:
  std::array<int, 2> ends_{};
};

std::string rows(int count, const std::string& prefix = "P") {
  std::string text = "id,amount,created,currency,status\n";
  for (int i = 0; i < count; ++i)
    text += prefix + std::to_string(i) + ",12.50,2024-01-01T10:00:00Z,GBP,succeeded\n";
  return text;
}

class PipeTest : public LoadFixture {
 protected:
  PipeTest() {
    start_simulator();
    write_config(kPaymentProperties);
  }

  std::vector<std::string> arguments(const std::vector<std::string>& more = {}) const {
    std::vector<std::string> all{"load",       "-c",   file("payments.toml").string(),
                                 "--progress", "none", "-"};
    all.insert(all.end(), more.begin(), more.end());
    return all;
  }
  std::vector<std::string> into_run() const {
    return arguments({"--run-dir", file("run").string()});
  }
  std::unique_ptr<ChildProcess> start_load() { return start_payferry(into_run(), pipe_.reader()); }
  ProcessResult load_all_of(const std::string& text) {
    Pipe pipe;
    pipe.send(text);
    pipe.close();
    return start_payferry(into_run(), pipe.reader())->wait(60s).value();
  }

  std::map<std::string, std::string> contents_of_run() const {
    std::map<std::string, std::string> contents;
    for (const auto& entry : std::filesystem::directory_iterator(file("run"))) {
      const std::string name = entry.path().filename().string();
      contents[name] = read("run/" + name);
    }
    return contents;
  }
  void expect_nothing_begun(const std::optional<ProcessResult>& result,
                            const std::string& why = "Stopped by SIGINT") const {
    ASSERT_TRUE(result) << "it still waits for the pipe";
    EXPECT_EQ(result->exit_code, 3) << result->err;
    EXPECT_THAT(result->err,
                AllOf(HasSubstr(why + " while the input was waited for"),
                      HasSubstr("no run was begun, and nothing was sent"),
                      HasSubstr("start the same command again"), Not(HasSubstr("resume"))));
    EXPECT_FALSE(has("run"));
  }
  /// Makes the directories that loads of the next while would choose for their runs.
  std::set<std::string> take_names_of_runs(std::chrono::seconds while_from_now) const {
    std::set<std::string> names;
    const auto now =
        std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
    for (auto at = now - 1s; at < now + while_from_now; at += 1s) {
      std::string time = to_iso8601(at).substr(0, 19) + "Z";
      std::erase_if(time, [](char c) { return c == '-' || c == ':'; });
      const std::string name = "stdin-" + time;
      std::filesystem::create_directories(file("payferry-runs/" + name));
      names.insert(name);
    }
    return names;
  }
  bool has(const std::string& name) const { return std::filesystem::exists(file(name)); }
  void expect_every_record_once(std::size_t records) {
    EXPECT_TRUE(summary().complete);
    EXPECT_TRUE(summary().books_balance());
    EXPECT_EQ(outcomes().size(), records);
    EXPECT_EQ(in_hubspot(), records);
  }

  Pipe pipe_;
};

TEST_F(PipeTest, AQuietPipeHoldsUpNoStop) {
  for (const int signal : {SIGTERM, SIGHUP}) {
    std::filesystem::remove_all(file("run"));
    const auto process = start_load();
    pipe_.send(rows(250, std::to_string(signal) + "-"));
    const std::size_t before = in_hubspot();
    wait_until(*process, [&] { return in_hubspot() >= before + 200; });
    process->send_signal(signal);
    const auto result = process->wait(20s);
    ASSERT_TRUE(result) << "it still waits for the pipe";
    EXPECT_EQ(result->exit_code, 3) << result->out << result->err;
    EXPECT_THAT(
        unwrapped(result->out),
        AllOf(HasSubstr(signal == SIGHUP ? "Stopped by SIGHUP" : "Stopped by SIGTERM"),
              HasSubstr("payferry load -c CONFIG INPUT... --run-dir " + file("run").string()),
              Not(HasSubstr("payferry resume"))));
    EXPECT_FALSE(summary().complete);
  }
}

TEST_F(PipeTest, AStopBeforeAnythingHasComeLeavesNothingBehind) {
  const auto process = start_load();
  wait_until(*process, [&] { return has("run/input-1.spool.partial"); });
  process->send_signal(SIGINT);
  expect_nothing_begun(process->wait(20s));
  EXPECT_EQ(load_all_of(rows(10)).exit_code, 0) << "the same command";
  expect_every_record_once(10);
}

TEST_F(PipeTest, SoDoesOneBeforeAFifoHasItsFirstWriter) {
  ASSERT_EQ(::mkfifo(file("fifo").c_str(), 0600), 0);
  std::vector<std::string> words = into_run();
  std::replace(words.begin(), words.end(), std::string("-"), file("fifo").string());
  const auto process = start_payferry(words);
  wait_until(*process, [&] { return has("run/input-1.spool.partial"); });
  process->send_signal(SIGINT);
  expect_nothing_begun(process->wait(20s));
}

TEST_F(PipeTest, ADeadlineBeforeAnythingHasComeLeavesNothingBehind) {
  ASSERT_EQ(::mkfifo(file("fifo").c_str(), 0600), 0);
  std::vector<std::string> words = into_run();
  for (const char* word : {"--deadline", "1s"}) words.emplace_back(word);
  expect_nothing_begun(start_payferry(words, pipe_.reader())->wait(20s),
                       "The deadline was reached");
  std::replace(words.begin(), words.end(), std::string("-"), file("fifo").string());
  expect_nothing_begun(start_payferry(words)->wait(20s), "The deadline was reached");
  EXPECT_EQ(load_all_of(rows(10)).exit_code, 0);
  expect_every_record_once(10);
}

// It is no reason to believe that who writes into the pipe has ended with it.
TEST_F(PipeTest, ADeadlineBehindTheFirstRowsStillKeepsTheRest) {
  std::vector<std::string> words = into_run();
  // Far more than what it takes to begin, on a machine that does much else.
  for (const char* word : {"--deadline", "10s"}) words.emplace_back(word);
  pipe_.send(rows(250));
  const auto process = start_payferry(words, pipe_.reader());
  const auto is_told = [&] {
    return read("run/payferry.log").find("deadline") != std::string::npos;
  };
  wait_until(*process, is_told);
  pipe_.close();
  EXPECT_EQ(process->wait(60s).value().exit_code, 3);
  ASSERT_TRUE(has("run/input-1.spool"));
  EXPECT_EQ(payferry({"resume", file("run").string()}).exit_code, 0);
  expect_every_record_once(250);
}

TEST_F(PipeTest, AStopBeforeTheSameHasComeAgainLeavesTheRunAsItIs) {
  const auto process = start_load();
  pipe_.send(rows(250));
  wait_until(*process, [&] { return in_hubspot() >= 200; });
  process->send_signal(SIGTERM);
  ASSERT_EQ(process->wait(20s).value().exit_code, 3);
  const auto before = contents_of_run();

  Pipe again;
  again.send("id,");
  const auto second = start_payferry(into_run(), again.reader());
  wait_until(*second, [&] { return again.is_taken(); });
  second->send_signal(SIGTERM);
  const ProcessResult stopped = second->wait(20s).value();
  EXPECT_EQ(stopped.exit_code, 3);
  EXPECT_THAT(stopped.err, HasSubstr("the run is as it was, and nothing was sent; start the same"));
  EXPECT_EQ(contents_of_run(), before);

  std::vector<std::string> in_time = into_run();
  for (const char* word : {"--deadline", "1s"}) in_time.emplace_back(word);
  const Pipe silent;
  const auto late = start_payferry(in_time, silent.reader())->wait(20s);
  ASSERT_TRUE(late) << "it still waits for the pipe";
  EXPECT_EQ(late->exit_code, 3);
  EXPECT_THAT(late->err, HasSubstr("The deadline was reached while the input was waited for: the "
                                   "run is as it was, and nothing was sent"));
  EXPECT_EQ(contents_of_run(), before);
  EXPECT_EQ(load_all_of(rows(250)).exit_code, 0);
  expect_every_record_once(250);
}

// Ctrl-C on a shell's pipeline ends who writes into the pipe, too.
TEST_F(PipeTest, AnEndThatComesWithASignalIsNotBelieved) {
  const std::string all = rows(400);
  answer_after(500ms);
  const auto process = start_load();
  pipe_.send(rows(250));
  wait_until(*process, [&] { return in_hubspot() >= 200; });
  // It sees both at once, however late it is.
  process->send_signal(SIGSTOP);
  pipe_.close();
  process->send_signal(SIGINT);
  process->send_signal(SIGCONT);
  const ProcessResult stopped = process->wait(60s).value();
  EXPECT_EQ(stopped.exit_code, 3) << stopped.out << stopped.err;
  EXPECT_FALSE(summary().complete);
  EXPECT_THAT(payferry({"report", file("run").string()}).out,
              HasSubstr("payferry load -c CONFIG INPUT... --run-dir"));

  const ProcessResult resumed = payferry({"resume", file("run").string(), "--progress", "none"});
  EXPECT_EQ(resumed.exit_code, 1) << resumed.out << resumed.err;
  EXPECT_THAT(unwrapped(resumed.out),
              HasSubstr("what stands before that line is used, the rest is loaded by payferry load "
                        "with the same data and --run-dir " +
                        file("run").string() + " "));
  EXPECT_FALSE(summary().complete);
  EXPECT_EQ(in_hubspot(), 250U);

  EXPECT_EQ(load_all_of(all).exit_code, 0);
  expect_every_record_once(400);
}

TEST_F(PipeTest, ARunOfAPipeThatHadEndedGoesOnWithoutIt) {
  answer_after(200ms);
  std::vector<std::string> one_by_one = into_run();
  for (const char* word : {"--set", "limits.connections=1"}) one_by_one.emplace_back(word);
  const auto process = start_payferry(one_by_one, pipe_.reader());
  pipe_.send(rows(1'000));
  pipe_.close();
  wait_until(*process, [&] { return has("run/input-1.spool") && in_hubspot() >= 100; });
  process->send_signal(SIGKILL);
  process->wait(60s);
  ASSERT_LT(in_hubspot(), 1'000U);
  EXPECT_EQ(payferry({"resume", file("run").string()}).exit_code, 0);
  expect_every_record_once(1'000);
}

TEST_F(PipeTest, OtherDataThanTheRunsIsRefused) {
  answer_after(200ms);
  std::vector<std::string> one_by_one = into_run();
  for (const char* word : {"--set", "limits.connections=1"}) one_by_one.emplace_back(word);
  const auto process = start_payferry(one_by_one, pipe_.reader());
  pipe_.send(rows(1'000));
  pipe_.close();
  wait_until(*process, [&] { return has("run/input-1.spool") && in_hubspot() >= 100; });
  process->send_signal(SIGKILL);
  process->wait(60s);
  answer_after(0ms);
  for (const bool complete : {false, true}) {
    const std::size_t before = in_hubspot();
    for (const std::string& other :
         {std::string(), rows(1'000, "Q"), rows(500), rows(1'000) + rows(1)}) {
      const ProcessResult refused = load_all_of(other);
      EXPECT_EQ(refused.exit_code, 2) << complete << refused.out;
      EXPECT_THAT(refused.err, HasSubstr("standard input"));
    }
    EXPECT_EQ(in_hubspot(), before);
    EXPECT_EQ(load_all_of(rows(1'000)).exit_code, 0);
    expect_every_record_once(1'000);
  }
}

TEST_F(PipeTest, ALimitThatIsReachedEndsTheRunThoughThePipeStaysOpen) {
  std::vector<std::string> words = into_run();
  for (const char* word : {"--limit", "150"}) words.emplace_back(word);
  const auto process = start_payferry(words, pipe_.reader());
  pipe_.send(rows(150));
  const auto result = process->wait(60s);
  ASSERT_TRUE(result) << "it waits for the pipe";
  EXPECT_EQ(result->exit_code, 0) << result->out << result->err;
  expect_every_record_once(150);
  const ProcessResult resumed = payferry({"resume", file("run").string()});
  EXPECT_EQ(resumed.exit_code, 0);
  EXPECT_THAT(resumed.out, HasSubstr("This run is complete: there is nothing to do."));
}

TEST_F(PipeTest, ACompleteRunIsLeftAsItIsWhateverComesBehindWhatItHas) {
  std::vector<std::string> words = into_run();
  for (const char* word : {"--limit", "100"}) words.emplace_back(word);
  const auto process = start_payferry(words, pipe_.reader());
  pipe_.send(rows(150));
  ASSERT_EQ(process->wait(60s).value().exit_code, 0);
  const auto before = contents_of_run();
  ASSERT_TRUE(before.contains("input-1.spool.partial"));
  for (const int more : {0, 500}) {
    Pipe again;
    again.send(rows(150 + more));
    again.close();
    const ProcessResult result = start_payferry(words, again.reader())->wait(60s).value();
    EXPECT_EQ(result.exit_code, 0) << result.err;
    EXPECT_THAT(result.out, HasSubstr("there is nothing to do"));
    EXPECT_EQ(contents_of_run(), before) << more;
  }
}

TEST_F(PipeTest, ACompleteRunThatHasKeptNothingOfItsPipeDoesNotWaitForIt) {
  ASSERT_EQ(load_all_of(rows(10)).exit_code, 0);
  std::filesystem::remove(file("run") / "input-1.spool");
  const Pipe silent;
  const auto result = start_payferry(into_run(), silent.reader())->wait(60s);
  ASSERT_TRUE(result) << "it waits for the pipe";
  EXPECT_EQ(result->exit_code, 0) << result->err;
  EXPECT_THAT(result->out, HasSubstr("there is nothing to do"));
}

TEST_F(PipeTest, LoadsThatBeginInTheSameSecondHaveRunsOfTheirOwn) {
  // Whichever second it is by then, somebody was first in it.
  const std::set<std::string> taken = take_names_of_runs(5min);
  std::vector<std::unique_ptr<ChildProcess>> processes;
  for (const char* prefix : {"A", "B", "C", "D"}) {
    Pipe pipe;
    pipe.send(rows(10, prefix));
    processes.push_back(start_payferry(arguments(), pipe.reader()));
  }
  for (const auto& process : processes) {
    const ProcessResult result = process->wait(60s).value();
    EXPECT_EQ(result.exit_code, 0) << result.err;
  }
  EXPECT_EQ(in_hubspot(), 40U);
  int runs = 0;
  for (const auto& run : std::filesystem::directory_iterator(file("payferry-runs"))) {
    const bool is_taken = taken.contains(run.path().filename().string());
    EXPECT_EQ(std::filesystem::is_empty(run.path()), is_taken) << run.path();
    runs += is_taken ? 0 : 1;
  }
  EXPECT_EQ(runs, 4);
}

}  // namespace
}  // namespace payferry::test
