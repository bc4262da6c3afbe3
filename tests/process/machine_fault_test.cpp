#include <fcntl.h>
#include <gmock/gmock.h>
#include <netdb.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fstream>
#include <set>
#include <thread>

#include "process/load_fixture.hpp"

namespace payferry::test {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;

constexpr int kRecords = 1'000;
constexpr int kInvalid = 10;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kIsSanitized = true;
#else
constexpr bool kIsSanitized = false;
#endif

/// The real payferry on a machine that fails it: it ends in one clear way, and goes on with nothing
/// lost and nothing doubled once the machine is mended.
class MachineFaultTest : public LoadFixture {
 protected:
  void SetUp() override {
    start_simulator();
    write_config(kPaymentProperties);
    std::string text = "id,amount,created,currency,status\n";
    for (int i = 0; i < kRecords; ++i) {
      const bool is_invalid = i % (kRecords / kInvalid) == 0;
      text += "K" + std::to_string(i) + (is_invalid ? ",twelve" : ",12.50") +
              ",2024-01-01T10:00:00Z,GBP,succeeded\n";
    }
    write("payments.csv", text);
  }

  void answer_slowly() {
    with_hubspot([](simulator::SimulatedHubSpot& hubspot) {
      hubspot.faults().plan().with(simulator::Fault::slow, 1.0).slow_by = 100ms;
    });
  }
  ProcessResult load_with(const std::string& faults, const std::vector<std::string>& more = {}) {
    environment_["LD_PRELOAD"] =
        std::string(PAYFERRY_BINARY_DIR) + "/tests/faults/libpayferry_faults.so";
    environment_["PAYFERRY_FAULTS"] = faults;
    const ProcessResult result = load(more);
    EXPECT_THAT(result.err, testing::Not(HasSubstr("cannot be preloaded")));
    environment_.erase("LD_PRELOAD");
    environment_.erase("PAYFERRY_FAULTS");
    return result;
  }
  /// Of what the shell pipes into it.
  ProcessResult load_pipe_with(const std::string& faults,
                               const std::vector<std::string>& more = {}) {
    const std::string preload =
        "LD_PRELOAD=" PAYFERRY_BINARY_DIR "/tests/faults/libpayferry_faults.so";
    std::vector<std::string> arguments = shell_arguments(
        "cat payments.csv | " + preload + " PAYFERRY_FAULTS='" + faults + "' \"$0\" \"$@\"", more);
    std::replace(arguments.begin(), arguments.end(), file("payments.csv").string(),
                 std::string("-"));
    return run_shell(arguments);
  }
  /// Through a shell that sets a limit of the process first.
  ProcessResult load_under(const std::string& limit, const std::vector<std::string>& more = {}) {
    return run_shell(shell_arguments(limit + "; exec \"$0\" \"$@\"", more));
  }
  /// The script has the load's command line as "$0" "$@".
  std::vector<std::string> shell_arguments(const std::string& script,
                                           const std::vector<std::string>& more) const {
    std::vector<std::string> arguments{
        "-c", script, (std::filesystem::path(PAYFERRY_BINARY_DIR) / "loader/payferry").string()};
    for (const std::string& argument : load_arguments(more)) arguments.push_back(argument);
    return arguments;
  }
  ProcessResult run_shell(const std::vector<std::string>& arguments) {
    ChildProcess process("/bin/sh", arguments, environment_, file(""));
    return process.wait(60s).value();
  }

  /// A fault before the manifest stands ends with exit 2 and nothing sent, a later one with exit 3.
  void expect_stopped(const ProcessResult& result) {
    const bool has_begun = std::filesystem::exists(file("run/run.json"));
    EXPECT_EQ(result.exit_code, has_begun ? 3 : 2) << result.out << result.err;
    if (!has_begun) {
      EXPECT_EQ(created().size(), 0U);
    }
  }
  void expect_whole_once_mended() {
    const ProcessResult result = load();
    EXPECT_EQ(result.exit_code, 1) << result.out << result.err;  // 1: some are invalid
    expect_every_record_once();
  }
  void expect_every_record_once() {
    EXPECT_EQ(created().size(), static_cast<std::size_t>(kRecords - kInvalid));
    const auto all = outcomes();
    EXPECT_EQ(all.size(), static_cast<std::size_t>(kRecords));
    for (const auto& [number, line] : all) {
      const bool is_invalid = (number - 1) % (kRecords / kInvalid) == 0;
      EXPECT_EQ(line.outcome.status, is_invalid ? OutcomeStatus::invalid : OutcomeStatus::created)
          << number;
    }
    const Summary end = summary();
    EXPECT_TRUE(end.complete);
    EXPECT_TRUE(end.books_balance());
  }
  /// The keys that HubSpot has; a failure of the test where one was created twice.
  std::multiset<std::string> created() {
    std::multiset<std::string> keys;
    with_hubspot([&keys](simulator::SimulatedHubSpot& hubspot) {
      for (const simulator::LedgerEntry& entry : hubspot.ledger().entries()) {
        keys.emplace(entry.key);
        EXPECT_EQ(keys.count(std::string(entry.key)), 1U) << entry.key;
      }
    });
    return keys;
  }
};

struct FileFault {
  std::string call;
  std::string file;
  int nth;
  int error;
};

std::string name_of(const testing::TestParamInfo<FileFault>& info) {
  std::string name = info.param.call + "_" + info.param.file + "_" +
                     std::to_string(info.param.nth) + "_" + strerrorname_np(info.param.error);
  for (char& character : name) {
    if (std::isalnum(static_cast<unsigned char>(character)) == 0) character = '_';
  }
  return name;
}

class FileFaultTest : public MachineFaultTest, public testing::WithParamInterface<FileFault> {};

// `once`, so that a second try would succeed: after a failed flush it would lie, since the kernel
// may have dropped what was to be written.
TEST_P(FileFaultTest, IsFatalNamesTheFileAndIsResumable) {
  if (kIsSanitized) GTEST_SKIP() << "the sanitizer wants to be the first library";
  const FileFault& fault = GetParam();
  const ProcessResult result =
      load_with("call=" + fault.call + " file=/" + fault.file +
                " nth=" + std::to_string(fault.nth) + " error=" + std::to_string(fault.error));
  expect_stopped(result);
  EXPECT_THAT(unwrapped(result.out + result.err),
              AllOf(HasSubstr(fault.file), HasSubstr(std::strerror(fault.error))));
  expect_whole_once_mended();
}

INSTANTIATE_TEST_SUITE_P(Machine, FileFaultTest,
                         testing::Values(FileFault{"write", "outcomes.ndjson", 1, ENOSPC},
                                         FileFault{"write", "outcomes.ndjson", 3, EDQUOT},
                                         FileFault{"write", "attempts.ndjson", 1, ENOSPC},
                                         FileFault{"write", "attempts.ndjson", 4, EIO},
                                         FileFault{"write", "rejects.csv", 1, ENOSPC},
                                         FileFault{"open", "outcomes.ndjson", 1, EROFS},
                                         FileFault{"open", "attempts.ndjson", 2, EMFILE},
                                         FileFault{"open", "rejects.csv", 1, EACCES},
                                         FileFault{"fdatasync", "outcomes.ndjson", 1, EIO},
                                         FileFault{"fdatasync", "outcomes.ndjson", 2, ENOSPC},
                                         FileFault{"fdatasync", "attempts.ndjson", 1, EIO},
                                         FileFault{"fdatasync", "attempts.ndjson", 3, EDQUOT},
                                         FileFault{"fdatasync", "rejects.csv", 1, EIO},
                                         FileFault{"write", "run.json.new", 1, ENOSPC},
                                         FileFault{"fsync", "run.json.new", 1, EIO},
                                         FileFault{"rename", "run.json", 1, EROFS},
                                         FileFault{"write", "summary.json.new", 1, ENOSPC},
                                         FileFault{"fsync", "summary.json.new", 1, EIO}),
                         name_of);

struct HarmlessFault {
  std::string name;
  std::string faults;
};

/// Each file is interrupted at its first write, and written in small pieces for a while.
HarmlessFault interrupted_and_short() {
  std::string faults;
  for (const char* file : {"outcomes.ndjson", "attempts.ndjson", "rejects.csv", "run.json.new"}) {
    faults += "call=write file=/" + std::string(file) + " nth=1 times=2 error=4;";
    faults += "call=write file=/" + std::string(file) + " nth=2 times=50 short;";
  }
  faults += "call=read file=/payments.csv nth=1 times=3 error=4;";
  faults += "call=read file=/payments.csv nth=2 times=200 short";
  return {"InterruptedAndShortWritesAndReads", faults};
}

HarmlessFault log_that_cannot_be_written() {
  return {"ALogThatCannotBeWritten",
          "call=write file=/payferry.log nth=1 times=0 error=" + std::to_string(ENOSPC)};
}

HarmlessFault name_server_that_fails_for_a_while() {
  return {"ANameServerThatFailsForAWhile",
          "call=getaddrinfo file=localhost nth=1 times=3 error=" + std::to_string(EAI_AGAIN)};
}

class HarmlessFaultTest : public MachineFaultTest,
                          public testing::WithParamInterface<HarmlessFault> {};

TEST_P(HarmlessFaultTest, CostsTimeOnly) {
  if (kIsSanitized) GTEST_SKIP() << "the sanitizer wants to be the first library";
  const ProcessResult result = load_with(GetParam().faults);
  EXPECT_EQ(result.exit_code, 1) << result.err;
  expect_every_record_once();
}

INSTANTIATE_TEST_SUITE_P(Machine, HarmlessFaultTest,
                         testing::Values(interrupted_and_short(), log_that_cannot_be_written(),
                                         name_server_that_fails_for_a_while()),
                         [](const auto& fault) { return fault.param.name; });

// After a failed flush the kernel may show bytes that the disk does not hold.
TEST_F(MachineFaultTest, WhatAFailedFlushLeftIsWrittenAgainBeforeAnythingIsBuiltUponIt) {
  if (kIsSanitized) GTEST_SKIP() << "the sanitizer wants to be the first library";
  expect_stopped(
      load_with("call=fdatasync file=/outcomes.ndjson nth=2 error=" + std::to_string(EIO)));
  const auto sent = created().size();
  for (const std::string file : {"outcomes.ndjson", "attempts.ndjson"}) {
    for (const std::string call : {"pwrite", "fsync"}) {
      const ProcessResult result =
          load_with("call=" + call + " file=/" + file + " error=" + std::to_string(EIO));
      EXPECT_EQ(result.exit_code, 3) << result.out << result.err;
      EXPECT_THAT(unwrapped(result.err), AllOf(HasSubstr(file), HasSubstr(std::strerror(EIO))));
    }
  }
  EXPECT_EQ(created().size(), sent);
  expect_whole_once_mended();
}

TEST_F(MachineFaultTest, ABegunRunWhoseManifestCannotBeWrittenIsAStop) {
  if (kIsSanitized) GTEST_SKIP() << "the sanitizer wants to be the first library";
  expect_stopped(
      load_with("call=write file=/outcomes.ndjson nth=2 error=" + std::to_string(ENOSPC)));
  const auto sent = created().size();
  const ProcessResult result =
      load_with("call=write file=/run.json.new error=" + std::to_string(ENOSPC));
  EXPECT_EQ(result.exit_code, 3) << result.out << result.err;
  EXPECT_THAT(unwrapped(result.out), AllOf(HasSubstr("run.json.new"), HasSubstr("payferry resume"),
                                           HasSubstr(std::strerror(ENOSPC))));
  EXPECT_EQ(created().size(), sent);
  expect_whole_once_mended();
}

TEST_F(MachineFaultTest, AnInputThatCannotBeReadOnIsSaidAndWhatWasReadIsLoaded) {
  if (kIsSanitized) GTEST_SKIP() << "the sanitizer wants to be the first library";
  std::string text = read("payments.csv");
  for (int i = 0; i < 50'000; ++i)
    text += "M" + std::to_string(i) + ",12.50,2024-01-01T10:00:00Z,GBP,succeeded\n";
  write("payments.csv", text);
  const ProcessResult result =
      load_with("call=read file=/payments.csv nth=8 times=0 error=" + std::to_string(EIO));
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(unwrapped(result.out + result.err), HasSubstr(std::strerror(EIO)));
  EXPECT_FALSE(summary().complete);
  EXPECT_EQ(load().exit_code, 1);
  EXPECT_TRUE(summary().complete);
  EXPECT_EQ(created().size(), static_cast<std::size_t>(50'000 + kRecords - kInvalid));
}

// Sent, and then lost in a power cut, they would be in HubSpot without a line.
TEST_F(MachineFaultTest, RowsOfAPipeThatCannotBeMadeDurableAreNotSent) {
  if (kIsSanitized) GTEST_SKIP() << "the sanitizer wants to be the first library";
  const ProcessResult refused =
      load_pipe_with("call=fdatasync file=/input-1.spool.partial error=" + std::to_string(EIO));
  EXPECT_EQ(refused.exit_code, 2) << refused.out << refused.err;
  EXPECT_THAT(unwrapped(refused.err), AllOf(HasSubstr("spool"), HasSubstr(std::strerror(EIO))));
  EXPECT_EQ(created().size(), 0U);
  const ProcessResult mended = load_pipe_with("");
  EXPECT_EQ(mended.exit_code, 1) << mended.out << mended.err;  // 1: some are invalid
  expect_every_record_once();
}

TEST_F(MachineFaultTest, ANameServerThatFailsForGoodIsAnOutageWithTheNameInIt) {
  if (kIsSanitized) GTEST_SKIP() << "the sanitizer wants to be the first library";
  const ProcessResult result =
      load_with("call=getaddrinfo file=localhost nth=1 times=0 error=" + std::to_string(EAI_AGAIN));
  EXPECT_EQ(result.exit_code, 3);
  EXPECT_THAT(unwrapped(result.out + result.err),
              AllOf(HasSubstr("localhost"), HasSubstr("name servers")));
  expect_whole_once_mended();
}

// The look-up itself cannot be cut short.
TEST_F(MachineFaultTest, AStopDoesNotWaitForANameServer) {
  if (kIsSanitized) GTEST_SKIP() << "the sanitizer wants to be the first library";
  const ProcessResult result = load_with("call=getaddrinfo file=localhost interrupts");
  EXPECT_THAT(result.out + result.err, HasSubstr("Stopped by SIGINT"));
  expect_whole_once_mended();
}

TEST_F(MachineFaultTest, AClockThatJumpsBackAndForthChangesNoOutcome) {
  if (kIsSanitized) GTEST_SKIP() << "the sanitizer wants to be the first library";
  // 100 records that somebody else made before, and answers that are lost after the write.
  ASSERT_EQ(load({"--limit", "101"}).exit_code, 1);
  std::filesystem::rename(file("run"), file("before"));
  with_hubspot([](simulator::SimulatedHubSpot& hubspot) {
    hubspot.faults()
        .plan()
        .with(simulator::Fault::reset, 0.3)
        .with(simulator::Fault::bad_gateway, 0.2);
  });
  environment_["PAYFERRY_CLOCK_JUMP"] = "7200";
  const ProcessResult result = load_with("");
  EXPECT_EQ(result.exit_code, 1) << result.out << result.err;
  EXPECT_EQ(created().size(), static_cast<std::size_t>(kRecords - kInvalid));
  const auto all = outcomes();
  EXPECT_EQ(all.size(), static_cast<std::size_t>(kRecords));
  for (std::uint64_t number = 1; number <= 101; ++number) {
    if ((number - 1) % 100 == 0) continue;
    EXPECT_EQ(all.at(number).outcome.status, OutcomeStatus::existing) << number;
  }
  EXPECT_TRUE(summary().books_balance());
}

class ClockFaultTest : public MachineFaultTest, public testing::WithParamInterface<int> {};

// The first answer is lost, and the clock set when a later batch is about to be sent.
TEST_P(ClockFaultTest, SetBetweenASendAndItsLookUpChangesNoOutcome) {
  if (kIsSanitized) GTEST_SKIP() << "the sanitizer wants to be the first library";
  with_hubspot([](simulator::SimulatedHubSpot& hubspot) {
    hubspot.faults().order(simulator::Fault::reset, 1);
  });
  const ProcessResult result =
      load_with("call=fdatasync file=/attempts.ndjson nth=3 clock=" + std::to_string(GetParam()),
                {"--set", "retry.settle_after=2100ms", "--set", "limits.connections=1"});
  EXPECT_EQ(result.exit_code, 1) << result.out << result.err;  // 1: some are invalid
  EXPECT_GE(summary().counters.reconciled, 1U);
  expect_every_record_once();
}

INSTANTIATE_TEST_SUITE_P(Machine, ClockFaultTest, testing::Values(7200, -7200),
                         [](const auto& by) { return by.param > 0 ? "Ahead" : "Back"; });

TEST_F(MachineFaultTest, AFullDiskForReal) {
  // The signal would end it; ignored, a write beyond the limit fails with EFBIG.
  const ProcessResult result = load_under("trap '' XFSZ; ulimit -f 40");
  expect_stopped(result);
  EXPECT_THAT(unwrapped(result.out + result.err), HasSubstr("File too large"));
  expect_whole_once_mended();
}

TEST_F(MachineFaultTest, TheSignalOfAFileTooLargeDoesNotKillIt) {
  const ProcessResult result = load_under("ulimit -f 40");
  expect_stopped(result);
  expect_whole_once_mended();
}

TEST_F(MachineFaultTest, TooFewDescriptorsEndInOneClearWay) {
  if (kIsSanitized) GTEST_SKIP() << "a sanitizer opens a pipe to look at an object";
  for (const int descriptors : {5, 7, 9, 10, 11, 12, 14}) {
    const ProcessResult result =
        load_under("ulimit -n " + std::to_string(descriptors),
                   {"--set", "retry.attempts=2", "--set", "retry.connect_timeout=1s"});
    ASSERT_GE(result.exit_code, 1) << descriptors << result.out << result.err;
    ASSERT_LE(result.exit_code, 3) << descriptors << result.out << result.err;
    EXPECT_THAT(unwrapped(result.out + result.err),
                testing::AnyOf(HasSubstr("Complete"), HasSubstr("ulimit -n"),
                               HasSubstr("descriptors"), HasSubstr("Too many open files")))
        << descriptors;
    created();
  }
  expect_whole_once_mended();
}

TEST_F(MachineFaultTest, TooLittleMemoryEndsInOneClearWay) {
  if (kIsSanitized) GTEST_SKIP() << "a sanitizer needs terabytes of address space";
  for (const int mebibytes : {40, 80, 120, 160, 200}) {
    const ProcessResult result = load_under("ulimit -v " + std::to_string(mebibytes * 1024));
    // 127: the dynamic loader could not even map the program's libraries.
    if (result.exit_code == 127) continue;
    EXPECT_GE(result.exit_code, 1) << mebibytes << result.out << result.err;
    EXPECT_LE(result.exit_code, 3) << mebibytes << result.out << result.err;
    created();
  }
  expect_whole_once_mended();
}

/// Far more than fits is never held of what no property is made of, be the records good or bad.
TEST_F(MachineFaultTest, LongRowsNeedNoMoreMemoryThanOthers) {
  if (kIsSanitized) GTEST_SKIP() << "a sanitizer needs terabytes of address space";
  constexpr int kLongRows = 300;
  const std::string memo(500'000, 'm');
  std::string text = "id,amount,created,currency,status,memo\n";
  for (int i = 0; i < kLongRows; ++i) {
    text += "K" + std::to_string(i) + (i % 2 == 0 ? ",twelve" : ",12.50") +
            ",2024-01-01T10:00:00Z,GBP,succeeded," + memo + "\n";
  }
  write("payments.csv", text);
  const ProcessResult result = load_under("ulimit -v " + std::to_string(250 * 1024));
  EXPECT_EQ(result.exit_code, 1) << result.out << result.err;  // 1: some are invalid
  EXPECT_EQ(created().size(), static_cast<std::size_t>(kLongRows / 2));
  EXPECT_GT(read("run/rejects.csv").size(), kLongRows / 2 * memo.size());
}

TEST_F(MachineFaultTest, ARunDirectoryRemovedWhileItRunsIsSaidAndNothingIsSentTwice) {
  answer_slowly();
  const auto process = start_payferry(load_arguments());
  while (!std::filesystem::exists(file("run/outcomes.ndjson")))
    ASSERT_FALSE(process->wait(2ms)) << "it ended early";
  std::filesystem::rename(file("run"), file("elsewhere"));
  const auto result = process->wait(60s);
  ASSERT_TRUE(result);
  EXPECT_THAT((std::set<int>{1, 3}), testing::Contains(result->exit_code)) << result->err;
  created();
}

TEST_F(MachineFaultTest, AnInputCutShortWhileItIsReadIsSaid) {
  answer_slowly();
  std::string text = read("payments.csv");
  std::string more;
  for (int i = 0; i < 300'000; ++i)
    more += "M" + std::to_string(i) + ",12.50,2024-01-01T10:00:00Z,GBP,succeeded\n";
  write("payments.csv", text + more);
  const auto process = start_payferry(load_arguments());
  while (!std::filesystem::exists(file("run/outcomes.ndjson")))
    ASSERT_FALSE(process->wait(2ms)) << "it ended early";
  std::filesystem::resize_file(file("payments.csv"), text.size());
  const auto result = process->wait(120s);
  ASSERT_TRUE(result);
  EXPECT_EQ(result->exit_code, 1) << result->err;
  EXPECT_THAT(unwrapped(result->out), HasSubstr("shrank"));
  EXPECT_FALSE(summary().complete);
  created();
}

/// On a disk of its own, in a mount namespace that ends with the shell.
class SmallDiskTest : public MachineFaultTest {
 protected:
  /// Runs the shell's lines with DISK as a disk of 64 KiB, LOAD and RESUME as commands; skips where
  /// mounting is not allowed.
  ProcessResult on_small_disk(const std::string& lines) {
    const std::string program =
        (std::filesystem::path(PAYFERRY_BINARY_DIR) / "loader/payferry").string();
    const std::string script =
        "DISK=" + file("disk").string() +
        "; mkdir $DISK; mount -t tmpfs -o size=64k none $DISK || exit 77\n"
        "LOAD='" +
        program +
        " load -c payments.toml --run-dir disk/run --progress none payments.csv'\n"
        "RESUME='" +
        program + " resume disk/run --progress none'\n" + lines + "\ncp -r disk/run run\n";
    environment_["PATH"] = "/usr/sbin:/usr/bin:/sbin:/bin";
    ChildProcess shell("/usr/bin/unshare", {"--mount", "/bin/sh", "-c", script}, environment_,
                       file(""));
    return shell.wait(60s).value();
  }
};

TEST_F(SmallDiskTest, AFullDiskStopsItAndARoomierOneLetsItGoOn) {
  const ProcessResult result = on_small_disk(
      "$LOAD; echo load $?; $RESUME; echo again $?\n"
      "mount -o remount,size=100m $DISK; $RESUME; echo end $?");
  if (result.exit_code != 0) GTEST_SKIP() << "no mount namespace here: " << result.err;
  EXPECT_THAT(result.out, AllOf(HasSubstr("load 3\n"), HasSubstr("end 1\n")));
  EXPECT_THAT(unwrapped(result.out + result.err), HasSubstr("No space left on device"));
  expect_every_record_once();
}

TEST_F(SmallDiskTest, AReadOnlyDiskIsSaidBeforeAnythingIsSent) {
  const ProcessResult result =
      on_small_disk("mount -o remount,ro $DISK; $LOAD; echo load $?; mkdir run");
  if (result.exit_code == 77) GTEST_SKIP() << "no mount namespace here: " << result.err;
  EXPECT_THAT(result.out, HasSubstr("load 2\n"));
  EXPECT_THAT(unwrapped(result.err), HasSubstr("Read-only file system"));
  EXPECT_EQ(created().size(), 0U);
}

}  // namespace
}  // namespace payferry::test
