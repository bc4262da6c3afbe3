#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <system_error>

#include "loader/undo/undo_journal.hpp"
#include "process/after_load_fixture.hpp"

namespace payferry::test {
namespace {

using namespace std::chrono_literals;
using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;

/// A terminal at which the program runs.
class Terminal {
 public:
  Terminal() : keys_(::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC)) {
    if (keys_ < 0 || ::grantpt(keys_) != 0 || ::unlockpt(keys_) != 0)
      throw std::system_error(errno, std::generic_category(), "a terminal");
    input_ = ::open(::ptsname(keys_), O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (input_ < 0) throw std::system_error(errno, std::generic_category(), "a terminal");
  }
  ~Terminal() {
    ::close(input_);
    ::close(keys_);
  }
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;

  int input() const { return input_; }
  void type(std::string_view text) const {
    ASSERT_EQ(::write(keys_, text.data(), text.size()), static_cast<ssize_t>(text.size()));
  }

 private:
  int keys_;
  int input_ = -1;
};

class UndoTest : public AfterLoadFixture {
 protected:
  UndoState journal() const { return read_undo(file("run/undo.ndjson")); }
  std::size_t lines_of(const std::string& text) const {
    const std::string journal = read("run/undo.ndjson");
    std::size_t count = 0;
    for (auto at = journal.find(text); at != std::string::npos; at = journal.find(text, at + 1))
      ++count;
    return count;
  }
  std::unique_ptr<ChildProcess> start_undo_at(const Terminal& terminal) {
    return start_payferry({"undo", file("run").string(), "--progress", "none"}, terminal.input());
  }
};

TEST_F(UndoTest, AllThatTheRunCreatedIsArchived) {
  ASSERT_EQ(load_payments(350, 0.1).exit_code, 1);
  const std::uint64_t created = summary().tally.created;
  ASSERT_EQ(in_hubspot(), created);
  const ProcessResult result = undo();
  EXPECT_EQ(result.exit_code, 0) << result.err << result.out;
  EXPECT_THAT(result.out, HasSubstr("All that this run created is archived."));
  EXPECT_EQ(in_hubspot(), 0U);
  EXPECT_EQ(lines_of(R"("status":"archived")"), created);
  EXPECT_TRUE(journal().complete);
  const std::string count = std::to_string(created);
  const std::string log = read("run/payferry.log");
  EXPECT_THAT(log, ContainsRegex("info payferry .* undoes run .*: " + count +
                                 " created, 0 dealt with before, 0 in doubt\n"));
  EXPECT_THAT(log, HasSubstr("info undo end: all archived, exit code 0, " + count + " created, " +
                             count + " archived, 0 refused"));
  EXPECT_THAT(log, Not(HasSubstr("test-token")));
}

/// Nothing is rejected of it, so that the file of unknown records alone tells its format.
TEST_F(UndoTest, ARunOfNdjsonWithNothingButUnknownRecordsIsArchivedToo) {
  start_simulator();
  with_hubspot([](simulator::SimulatedHubSpot& hubspot) {
    hubspot.faults().plan().with(simulator::Fault::reset, 0.3);
  });
  write_config(kPaymentProperties);
  std::string config = read("payments.toml");
  const std::string key = "id_property = \"hs_external_reference_id\"\n";
  config.erase(config.find(key), key.size());
  write("payments.toml", config);
  std::string payments;
  for (int number = 1; number <= 7'000; ++number)
    payments += "{\"id\":\"p" + std::to_string(number) +
                "\",\"amount\":\"1.00\",\"created\":\"2024-01-01T00:00:00Z\","
                "\"currency\":\"EUR\",\"status\":\"succeeded\"}\n";
  write("payments.ndjson", payments);
  const ProcessResult loaded =
      payferry({"load", "-c", file("payments.toml").string(), "--run-dir", file("run").string(),
                "--progress", "none", file("payments.ndjson").string()});
  ASSERT_EQ(loaded.exit_code, 1) << loaded.err;
  ASSERT_GT(summary().tally.unknown, 0U);
  ASSERT_EQ(summary().tally.refused(), 0U);
  const ProcessResult again =
      payferry({"load", "-c", file("payments.toml").string(), "--run-dir", file("run").string(),
                "--progress", "none", file("payments.ndjson").string()});
  EXPECT_THAT(again.out, HasSubstr("unknown.ndjson"));
  const ProcessResult undone = undo();
  EXPECT_EQ(undone.exit_code, 1) << undone.err;
  EXPECT_THAT(undone.out, HasSubstr("WARNING: HubSpot may hold"));
  EXPECT_EQ(in_hubspot(), summary().tally.unknown);
}

TEST_F(UndoTest, WhatStoodThereBeforeIsLeftAlone) {
  start_simulator();
  write_config(kPaymentProperties);
  write_payments(300);
  ASSERT_EQ(load({"--limit", "100"}).exit_code, 0);
  std::filesystem::rename(file("run"), file("first"));
  ASSERT_EQ(load().exit_code, 0);
  ASSERT_EQ(summary().tally.existing, 100U);
  EXPECT_EQ(undo().exit_code, 0);
  EXPECT_EQ(in_hubspot(), 100U);
  with_hubspot([&](simulator::SimulatedHubSpot& hubspot) {
    for (const auto& [number, line] : outcomes()) {
      const auto stands = hubspot.value_of("commerce_payments", "hs_external_reference_id",
                                           line.key, "hs_initial_amount");
      EXPECT_EQ(stands.has_value(), number <= 100) << number;
    }
  });
}

TEST_F(UndoTest, WhatAnUpsertChangedIsLeftAlone) {
  start_simulator();
  write_config(kPaymentProperties);
  write_payments(120);
  ASSERT_EQ(load({"--limit", "50"}).exit_code, 0);
  std::filesystem::rename(file("run"), file("first"));
  std::string config = read("payments.toml");
  config.insert(config.find("[limits]"), "write = \"upsert\"\n");
  write("payments.toml", config);
  ASSERT_EQ(load().exit_code, 0);
  ASSERT_EQ(summary().tally.updated, 50U);
  EXPECT_EQ(undo().exit_code, 0);
  EXPECT_EQ(in_hubspot(), 50U);
}

TEST_F(UndoTest, NobodyToAskAndNoYesArchivesNothing) {
  ASSERT_EQ(load_payments(20).exit_code, 0);
  const ProcessResult result = undo({});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("--yes"));
  EXPECT_EQ(in_hubspot(), 20U);
  EXPECT_FALSE(std::filesystem::exists(file("run/undo.ndjson")));
}

TEST_F(UndoTest, KilledInTheMiddleItGoesOnAndArchivesTheRest) {
  ASSERT_EQ(load_payments(3'000).exit_code, 0);
  with_hubspot([](simulator::SimulatedHubSpot& hubspot) {
    hubspot.faults().plan().slow_by = 300ms;
    hubspot.faults().plan().with(simulator::Fault::slow, 1);
  });
  const auto process = start_payferry({"undo", file("run").string(), "--yes", "--progress", "none",
                                       "--set", "limits.connections=2"});
  while (in_hubspot() > 2'500) ASSERT_FALSE(process->wait(5ms)) << "it ended early";
  process->send_signal(SIGKILL);
  ASSERT_TRUE(process->wait(10s));
  ASSERT_GT(in_hubspot(), 0U);
  with_hubspot([](simulator::SimulatedHubSpot& hubspot) { hubspot.faults().plan() = {}; });
  const ProcessResult rest = undo();
  EXPECT_EQ(rest.exit_code, 0) << rest.err << rest.out;
  EXPECT_EQ(in_hubspot(), 0U);
  EXPECT_EQ(lines_of(R"("status":"archived")"), 3'000U);
  EXPECT_EQ(journal().counts.archived, 3'000U);
}

TEST_F(UndoTest, AnInterruptLetsWhatIsUnderWayFinishAndIsResumable) {
  ASSERT_EQ(load_payments(3'000).exit_code, 0);
  with_hubspot([](simulator::SimulatedHubSpot& hubspot) {
    hubspot.faults().plan().slow_by = 300ms;
    hubspot.faults().plan().with(simulator::Fault::slow, 1);
  });
  const auto process = start_payferry({"undo", file("run").string(), "--yes", "--progress", "none",
                                       "--set", "limits.connections=2"});
  while (in_hubspot() > 2'500) ASSERT_FALSE(process->wait(5ms)) << "it ended early";
  process->send_signal(SIGTERM);
  const auto stopped = process->wait(30s);
  ASSERT_TRUE(stopped);
  EXPECT_EQ(stopped->exit_code, 3) << stopped->err << stopped->out;
  EXPECT_THAT(stopped->out, HasSubstr("payferry undo"));
  EXPECT_THAT(read("run/payferry.log"),
              AllOf(HasSubstr("warning stop: Stopped by SIGTERM\n"),
                    HasSubstr("undo end: stopped, exit code 3, 3000 created, ")));
  // What was under way was let finish, so that the journal knows of all that is archived.
  EXPECT_EQ(journal().counts.archived, 3'000U - in_hubspot());
  with_hubspot([](simulator::SimulatedHubSpot& hubspot) { hubspot.faults().plan() = {}; });
  EXPECT_EQ(undo().exit_code, 0);
  EXPECT_EQ(in_hubspot(), 0U);
}

TEST_F(UndoTest, InterruptedDuringItsLastRequestItIsCompleteAllTheSame) {
  ASSERT_EQ(load_payments(50).exit_code, 0);
  with_hubspot([](simulator::SimulatedHubSpot& hubspot) {
    hubspot.faults().plan().slow_by = 2s;
    hubspot.faults().plan().with(simulator::Fault::slow, 1);
  });
  const auto process =
      start_payferry({"undo", file("run").string(), "--yes", "--progress", "none"});
  wait_until(*process, [&] { return in_hubspot() == 0; });
  process->send_signal(SIGINT);
  const auto result = process->wait(30s);
  ASSERT_TRUE(result);
  EXPECT_EQ(result->exit_code, 0) << result->err << result->out;
  EXPECT_THAT(result->out, HasSubstr("All that this run created is archived."));
  EXPECT_TRUE(journal().complete);
  EXPECT_THAT(read("run/payferry.log"),
              AllOf(HasSubstr("warning stop: Stopped by SIGINT\n"),
                    HasSubstr("info undo end: all archived, exit code 0, 50 created")));
}

TEST_F(UndoTest, ANoArchivesNothingAndIsNoFailure) {
  ASSERT_EQ(load_payments(20).exit_code, 0);
  Terminal terminal;
  const auto process = start_undo_at(terminal);
  terminal.type("no\n");
  const auto result = process->wait(30s);
  ASSERT_TRUE(result);
  EXPECT_EQ(result->exit_code, 2);
  EXPECT_THAT(result->err, HasSubstr("payferry: Nothing was archived"));
  EXPECT_EQ(in_hubspot(), 20U);
  EXPECT_THAT(read("run/payferry.log"),
              AllOf(HasSubstr(" info undo end: not agreed to, nothing was archived\n"),
                    Not(HasSubstr("failed"))));
}

TEST_F(UndoTest, AYesAtTheTerminalArchives) {
  ASSERT_EQ(load_payments(20).exit_code, 0);
  Terminal terminal;
  const auto process = start_undo_at(terminal);
  terminal.type("yes\n");
  const auto result = process->wait(30s);
  ASSERT_TRUE(result);
  EXPECT_EQ(result->exit_code, 0) << result->err;
  EXPECT_EQ(in_hubspot(), 0U);
}

TEST_F(UndoTest, AnInterruptAtTheQuestionEndsItAtOnce) {
  ASSERT_EQ(load_payments(20).exit_code, 0);
  Terminal terminal;
  const auto process = start_undo_at(terminal);
  wait_until(*process, [&] { return process->told().find("Type yes") != std::string::npos; });
  process->send_signal(SIGINT);
  const auto result = process->wait(30s);
  ASSERT_TRUE(result);
  EXPECT_EQ(result->exit_code, 3);
  EXPECT_THAT(result->err, HasSubstr("payferry: Stopped by SIGINT. Nothing was archived"));
  EXPECT_EQ(in_hubspot(), 20U);
  EXPECT_THAT(read("run/payferry.log"),
              HasSubstr("warning undo end: stopped, exit code 3, 20 created, 0 archived"));
}

TEST_F(UndoTest, AnInterruptWhileTheRunIsReadEndsItAtOnce) {
  ASSERT_EQ(load_payments(20).exit_code, 0);
  std::filesystem::remove(file("run/run.json"));
  ASSERT_EQ(::mkfifo(file("run/run.json").c_str(), 0600), 0);
  const auto process = start_payferry({"undo", file("run").string(), "--yes"});
  const std::ofstream writer(file("run/run.json"));  // opens when the reader is there
  process->send_signal(SIGTERM);
  const auto result = process->wait(30s);
  ASSERT_TRUE(result);
  EXPECT_EQ(result->exit_code, 3);
  EXPECT_THAT(result->err, HasSubstr("payferry: Stopped by SIGTERM. Nothing was archived"));
  EXPECT_EQ(in_hubspot(), 20U);
}

TEST_F(UndoTest, FaultsOfHubSpotCostOnlyTime) {
  ASSERT_EQ(load_payments(1'000).exit_code, 0);
  with_hubspot([](simulator::SimulatedHubSpot& hubspot) {
    using simulator::Fault;
    hubspot.faults()
        .plan()
        .with(Fault::reset, 0.1)
        .with(Fault::bad_gateway, 0.1)
        .with(Fault::server_error_uncommitted, 0.1)
        .with(Fault::throttled, 0.1)
        .with(Fault::reset_uncommitted, 0.1);
  });
  const ProcessResult result = undo();
  EXPECT_EQ(result.exit_code, 0) << result.err << result.out;
  EXPECT_EQ(in_hubspot(), 0U);
}

TEST_F(UndoTest, WhatSomebodyElseHasArchivedIsNoTrouble) {
  ASSERT_EQ(load_payments(30).exit_code, 0);
  archive_in_hubspot(outcomes().at(3).outcome.id);
  EXPECT_EQ(undo().exit_code, 0);
  EXPECT_EQ(in_hubspot(), 0U);
}

TEST_F(UndoTest, AfterAnUndoVerifySaysThatTheyAreGone) {
  ASSERT_EQ(load_payments(150).exit_code, 0);
  ASSERT_EQ(undo().exit_code, 0);
  const ProcessResult result = verify();
  EXPECT_EQ(result.exit_code, 1) << result.err << result.out;
  EXPECT_THAT(result.out, HasSubstr("150 records are gone"));
  EXPECT_THAT(result.out, HasSubstr("payferry undo has archived what this run created"));
}

TEST_F(UndoTest, DoneOnceThereIsNothingMoreToDo) {
  ASSERT_EQ(load_payments(30).exit_code, 0);
  ASSERT_EQ(undo().exit_code, 0);
  const std::string before = read("run/undo.ndjson");
  EXPECT_EQ(undo().exit_code, 0);
  EXPECT_EQ(undo({}).exit_code, 0);
  EXPECT_EQ(read("run/undo.ndjson"), before);
}

TEST_F(UndoTest, ACompleteRunThatWasUndoneIsNotLoadedAgain) {
  ASSERT_EQ(load_payments(30).exit_code, 0);
  ASSERT_EQ(undo().exit_code, 0);
  const ProcessResult again = load();
  EXPECT_EQ(again.exit_code, 0);
  EXPECT_THAT(again.out, HasSubstr("payferry undo"));
  EXPECT_THAT(again.out, Not(HasSubstr("every record is in HubSpot")));
  EXPECT_EQ(in_hubspot(), 0U);
}

TEST_F(UndoTest, AnIncompleteRunThatWasUndoneDoesNotGoOn) {
  start_simulator();
  write_config(kPaymentProperties);
  write_payments(2'000, 0.1);
  ASSERT_EQ(load({"--max-errors", "5", "--set", "limits.connections=1"}).exit_code, 3);
  ASSERT_GT(in_hubspot(), 0U);
  const ProcessResult undone = undo();
  EXPECT_EQ(undone.exit_code, 0) << undone.err << undone.out;
  EXPECT_EQ(in_hubspot(), 0U);
  const ProcessResult again = payferry({"resume", file("run").string(), "--progress", "none"});
  EXPECT_EQ(again.exit_code, 2);
  EXPECT_THAT(again.err, HasSubstr("payferry undo"));
  EXPECT_EQ(in_hubspot(), 0U);
}

TEST_F(UndoTest, WhatAKilledLoadHadUnderWayIsFoundAndArchivedToo) {
  simulator_.hubspot.latency = 100ms;
  simulator_.hubspot.account.properties.push_back({"payferry_run", false, "commerce_payments"});
  start_simulator();
  write_config(kPaymentProperties);
  std::string config = read("payments.toml");
  config.insert(config.find("[limits]"), "run_property = \"payferry_run\"\n");
  write("payments.toml", config);
  write_payments(20'000);
  const auto process = start_payferry(load_arguments());
  while (in_hubspot() < 2'000) ASSERT_FALSE(process->wait(2ms)) << "it ended early";
  process->send_signal(SIGKILL);
  ASSERT_TRUE(process->wait(10s));
  const ProcessResult result = undo();
  EXPECT_EQ(result.exit_code, 0) << result.err << result.out;
  EXPECT_EQ(in_hubspot(), 0U);
  // Counted at the end: HubSpot goes on with what it had received before the kill.
  EXPECT_EQ(journal().counts.archived, made_payments());
}

TEST_F(UndoTest, WhatAKilledLoadHadUnderWayIsToldWhereItsMakerIsNot) {
  simulator_.hubspot.latency = 100ms;
  start_simulator();
  write_config(kPaymentProperties);
  write_payments(20'000);
  const auto process = start_payferry(load_arguments());
  while (in_hubspot() < 2'000) ASSERT_FALSE(process->wait(2ms)) << "it ended early";
  process->send_signal(SIGKILL);
  ASSERT_TRUE(process->wait(10s));
  const ProcessResult result = undo();
  // Either the clocks tell that the run made them, or people are told where to look.
  EXPECT_EQ(lines_of(R"("event":"in doubt")"), in_hubspot());
  EXPECT_EQ(result.exit_code, in_hubspot() == 0 ? 0 : 1) << result.err << result.out;
}

TEST_F(UndoTest, ALoadThatIsAtWorkIsNotUndone) {
  simulator_.hubspot.latency = 500ms;
  start_simulator();
  write_config(kPaymentProperties);
  // One batch after the other: minutes, which no undo takes to look.
  write_payments(30'000);
  const auto process = start_payferry(load_arguments({"--set", "limits.connections=1"}));
  while (!std::filesystem::exists(file("run/run.json")))
    ASSERT_FALSE(process->wait(5ms)) << "it ended early";
  const ProcessResult result = undo();
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("Another payferry is at work"));
}

/// HubSpot may keep the unique values of what is archived (contract §5.5): then nothing is there.
TEST_F(UndoTest, LoadedAgainWhileTheArchivedRecordsHoldTheIdsNothingIsSaidToBeThere) {
  simulator_.hubspot.switches.archived_keeps_unique = true;
  ASSERT_EQ(load_payments(120).exit_code, 0);
  ASSERT_EQ(undo().exit_code, 0);
  std::filesystem::rename(file("run"), file("undone"));
  EXPECT_EQ(load().exit_code, 1);
  for (const auto& [number, line] : outcomes()) {
    EXPECT_EQ(line.outcome.status, OutcomeStatus::rejected) << number;
    EXPECT_EQ(line.outcome.refusal->code, "HELD_BY_ARCHIVED") << number;
  }
  EXPECT_EQ(in_hubspot(), 0U);
}

TEST_F(UndoTest, WhereNothingListensItSaysSoAndArchivesNothing) {
  ASSERT_EQ(load_payments(20).exit_code, 0);
  const ProcessResult result =
      undo({"--yes", "--set", "hubspot.base_url=https://localhost:1", "--set", "retry.attempts=2"});
  EXPECT_EQ(result.exit_code, 3);
  EXPECT_THAT(unwrapped(result.out), HasSubstr("HubSpot cannot be reached: no connection to"));
  EXPECT_THAT(read("run/payferry.log"), HasSubstr("stop: outage\n"));
  EXPECT_EQ(undo().exit_code, 0);
  EXPECT_EQ(in_hubspot(), 0U);
}

TEST_F(UndoTest, AWrongTokenArchivesNothing) {
  ASSERT_EQ(load_payments(20).exit_code, 0);
  environment_["HUBSPOT_TOKEN"] = "wrong";
  EXPECT_EQ(undo().exit_code, 4);
  EXPECT_EQ(in_hubspot(), 20U);
  environment_["HUBSPOT_TOKEN"] = "test-token";
  EXPECT_EQ(undo().exit_code, 0);
  EXPECT_EQ(in_hubspot(), 0U);
}

}  // namespace
}  // namespace payferry::test
