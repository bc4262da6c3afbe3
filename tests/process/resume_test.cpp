#include <gmock/gmock.h>

#include <csignal>
#include <functional>

#include "process/load_fixture.hpp"

namespace payferry::test {
namespace {

using namespace std::chrono_literals;
using simulator::Fault;
using testing::HasSubstr;
using testing::Not;

constexpr int kRecords = 3'000;

Total read_in_pounds(const Summary& summary) {
  return summary.tally.totals.by_currency().at(Currency::parse("GBP").value()).read;
}

/// A run that several processes work on: what they tell of it is of all of them.
class ResumeTest : public LoadFixture {
 protected:
  ResumeTest() {
    simulator_.hubspot.latency = 20ms;
    std::string text = "id,amount,created,currency,status\n";
    for (int i = 0; i < kRecords; ++i)
      text += "R-" + std::to_string(i) + ",12.50,2024-01-01T10:00:00Z,GBP,succeeded\n";
    write("payments.csv", text);
    start_simulator();
    write_config(kPaymentProperties);
    std::string config = read("payments.toml");
    config.replace(config.find("[retry]\n"), 8, "connections = 1\n[retry]\nattempts = 2\n");
    write("payments.toml", config);
  }

  std::vector<std::string> resume_arguments() const {
    return {"resume", file("run").string(), "--progress",
            "none",   "--metrics-file",     file("m.prom").string()};
  }
  ProcessResult resume() { return payferry(resume_arguments()); }

  /// Starts it and ends it by `signal` once HubSpot has `records` of the run, from where on HubSpot
  /// takes its time: however late this process sees that, most of the run is still to be done.
  int broken_off(const std::vector<std::string>& arguments, std::size_t records, int signal) {
    const std::size_t writes = (records - in_hubspot()) / records_in_request_;
    with_hubspot([writes](simulator::SimulatedHubSpot& hubspot) {
      hubspot.faults().plan().slow_by = 1s;
      hubspot.faults().order(Fault::slow, kRecords, writes);
    });
    const auto process = start_payferry(arguments);
    wait_until(*process, [&] { return in_hubspot() >= records; });
    process->send_signal(signal);
    const int exit_code = process->wait(60s).value().exit_code;
    with_hubspot([](simulator::SimulatedHubSpot& hubspot) { hubspot.faults().forget_orders(); });
    return exit_code;
  }

  std::size_t records_in_request_ = 100;

  std::uint64_t requests_seen() {
    std::uint64_t requests = 0;
    with_hubspot(
        [&](simulator::SimulatedHubSpot& hubspot) { requests = hubspot.statistics().requests; });
    return requests;
  }

  std::string report() { return payferry({"report", file("run").string()}).out; }

  void expect_complete() {
    EXPECT_EQ(resume().exit_code, 0);
    EXPECT_TRUE(summary().complete);
    EXPECT_TRUE(summary().books_balance());
    EXPECT_EQ(summary().books_before, std::nullopt);
    EXPECT_EQ(summary().tally.created, static_cast<std::uint64_t>(kRecords));
    EXPECT_EQ(in_hubspot(), static_cast<std::size_t>(kRecords));
  }
  void expect_told(const ProcessResult& result, const Tally& done) {
    const Summary now = summary();
    EXPECT_EQ(now.tally.records, done.records);
    EXPECT_TRUE(same_outcomes(now.tally, done));
    EXPECT_TRUE(now.books_balance());
    EXPECT_FALSE(now.complete);
    EXPECT_THAT(result.out, Not(HasSubstr("  0  made by this run")));
    EXPECT_THAT(read("m.prom"),
                HasSubstr("payferry_records_total{import=\"m\",status=\"created\"} " +
                          std::to_string(done.created) + "\n"));
    EXPECT_THAT(report(), HasSubstr("Stopped before the end"));
  }
};

TEST_F(ResumeTest, AProcessThatReadsNothingTellsWhatWasDoneBeforeIt) {
  ASSERT_EQ(broken_off(load_arguments(), 500, SIGINT), 3);
  const Summary before = summary();
  ASSERT_GT(before.tally.pending(), 0U);
  for (const auto& [fault, code] : {std::pair(Fault::expired, 4), {Fault::reset_uncommitted, 3}}) {
    break_hubspot(fault);
    const ProcessResult result = resume();
    EXPECT_EQ(result.exit_code, code) << result.out << result.err;
    expect_told(result, before.tally);
    EXPECT_EQ(read_in_pounds(summary()), read_in_pounds(before));
    EXPECT_NE(summary().stopped, before.stopped);
    EXPECT_THAT(report(), HasSubstr("They balance: read = loaded + refused + pending."));
    mend_hubspot();
  }
  EXPECT_GT(summary().counters.requests, before.counters.requests);
  expect_complete();
}

TEST_F(ResumeTest, ADeadlineWhileHubSpotIsWaitedForTellsWhatWasDoneBefore) {
  ASSERT_EQ(broken_off(load_arguments(), 500, SIGINT), 3);
  const Summary before = summary();
  break_hubspot(Fault::reset_uncommitted);
  std::vector<std::string> arguments = resume_arguments();
  for (const char* word : {"--deadline", "1s", "--set", "retry.attempts=1000"})
    arguments.emplace_back(word);
  const ProcessResult result = payferry(arguments);
  EXPECT_EQ(result.exit_code, 3) << result.out << result.err;
  EXPECT_THAT(result.out, HasSubstr("The deadline is reached."));
  expect_told(result, before.tally);
  mend_hubspot();
  expect_complete();
}

TEST_F(ResumeTest, MaxErrorsCountsWhatTheWholeRunRefused) {
  std::string text = "id,amount,created,currency,status\n";
  for (const char* amount : {"none", "none", "12.50"})
    text += std::string("M-1,") + amount + ",2024-01-01T10:00:00Z,GBP,succeeded\n";
  write("payments.csv", text);
  EXPECT_EQ(load({"--max-errors", "2"}).exit_code, 3);
  const auto resume_with = [&](const char* most) {
    return payferry({"resume", file("run").string(), "--progress", "none", "--max-errors", most});
  };
  const ProcessResult again = resume_with("2");
  EXPECT_EQ(again.exit_code, 3) << again.out << again.err;
  EXPECT_THAT(unwrapped(again.out), HasSubstr("2 records were refused, as many as --max-errors"));
  EXPECT_EQ(summary().tally.invalid, 2U);
  EXPECT_EQ(resume_with("3").exit_code, 1);
  EXPECT_TRUE(summary().complete);
}

TEST_F(ResumeTest, AProcessThatReadsNothingAfterOneThatWasKilledTellsWhatTheLogsTell) {
  broken_off(load_arguments(), 500, SIGKILL);
  const auto settled = outcomes().size();
  break_hubspot(Fault::expired);
  const ProcessResult result = resume();
  EXPECT_EQ(result.exit_code, 4);
  EXPECT_EQ(summary().tally.created, settled);
  EXPECT_EQ(summary().books_before, RecordNumber(1)) << "it has read no amount";
  expect_told(result, summary().tally);
  mend_hubspot();
  expect_complete();
}

/// A run whose input has a quote that is not closed, far before its end.
class BrokenInputTest : public ResumeTest {
 protected:
  BrokenInputTest() {
    records_in_request_ = 1;
    std::string text = "id,amount,created,currency,status\n";
    for (int i = 0; i < 200; ++i)
      text += (i == 2 ? "\"Q-" : "Q-") + std::to_string(i) +
              ",12.50,2024-01-01T10:00:00Z,GBP,succeeded\n";
    write("payments.csv", text);
  }
  /// Checkpoints come with every so many batches.
  std::vector<std::string> one_by_one() const {
    return load_arguments({"--set", "limits.batch_records=1", "--set", "limits.connections=4"});
  }
  bool has_checkpoint() const {
    return read("run/attempts.ndjson").find("\"checkpoint\"") != std::string::npos;
  }
  void expect_told(const ProcessResult& result) {
    EXPECT_EQ(result.exit_code, 1) << result.err;
    EXPECT_THAT(result.out, HasSubstr("a quote opens in line 4 and is not closed"));
    EXPECT_FALSE(summary().complete);
    EXPECT_THAT(summary().input_broken, HasSubstr("a quote opens in line 4 and is not closed"));
    EXPECT_THAT(report(), HasSubstr("The input broke off"));
    EXPECT_EQ(in_hubspot(), 199U);
  }
};

TEST_F(BrokenInputTest, EveryProcessTellsSo) {
  expect_told(payferry(one_by_one()));
  ASSERT_TRUE(has_checkpoint());
  const std::string first_word = summary().input_broken;
  for (int again = 0; again < 2; ++again) {
    expect_told(resume());
    EXPECT_EQ(summary().input_broken, first_word);
  }
}

TEST_F(BrokenInputTest, AProcessAfterOneThatWasKilledTellsSo) {
  const auto process = start_payferry(one_by_one());
  wait_until(*process, [&] { return has_checkpoint(); });
  process->send_signal(SIGKILL);
  process->wait(60s);
  EXPECT_THAT(payferry({"report", file("run").string(), "--json"}).out,
              HasSubstr("\"input_broken\""));
  expect_told(resume());
}

TEST_F(BrokenInputTest, AStopTellsSoToo) {
  ASSERT_EQ(broken_off(one_by_one(), 100, SIGINT), 3);
  EXPECT_THAT(summary().input_broken, HasSubstr("a quote opens in line 4"));
  EXPECT_EQ(summary().stopped, "Stopped by SIGINT") << "what was under way may have been cut off";
  expect_told(resume());
}

TEST_F(ResumeTest, RequestsAreCountedThroughAllProcesses) {
  ASSERT_EQ(broken_off(load_arguments(), 700, SIGINT), 3);
  EXPECT_EQ(summary().counters.requests, requests_seen());
  ASSERT_EQ(broken_off(resume_arguments(), 1'500, SIGINT), 3);
  EXPECT_EQ(summary().counters.requests, requests_seen());
  break_hubspot(Fault::expired);
  EXPECT_EQ(resume().exit_code, 4);
  EXPECT_EQ(summary().counters.requests, requests_seen());
  const auto busy = summary().counters.busy;
  mend_hubspot();
  expect_complete();
  EXPECT_EQ(summary().counters.requests, requests_seen());
  EXPECT_GT(summary().counters.busy, busy);
}

TEST_F(ResumeTest, RequestsOfKilledProcessesAreCountedAgain) {
  broken_off(load_arguments(), 500, SIGKILL);
  constexpr std::uint64_t kKills = 4;
  for (const std::size_t records : {1'000U, 1'500U, 2'000U})
    broken_off(resume_arguments(), records, SIGKILL);
  expect_complete();
  // What is missing at most: of each process the first questions or a look-up, and what was counted
  // while a checkpoint was written. What is too much: a send that was noted and did not go out.
  EXPECT_LE(summary().counters.requests, requests_seen() + kKills);
  EXPECT_GE(summary().counters.requests + 12, requests_seen());
  EXPECT_GT(summary().counters.busy, 500ms) << "30 batches took 20 ms each";
}

TEST_F(ResumeTest, AStopThatComesWithTheLastAnswerIsACompleteRun) {
  with_hubspot([](simulator::SimulatedHubSpot& hubspot) {
    hubspot.faults().plan().with(Fault::slow, 1).slow_by = 1s;
  });
  const auto process = start_payferry(load_arguments({"--limit", "100"}));
  while (read("run/attempts.ndjson").find("\"send\"") == std::string::npos)
    ASSERT_FALSE(process->wait(5ms)) << "it ended early";
  process->send_signal(SIGTERM);
  const auto result = process->wait(60s);
  EXPECT_EQ(result.value().exit_code, 0) << result->out << result->err;
  EXPECT_TRUE(summary().complete);
  EXPECT_EQ(summary().stopped, "");
  EXPECT_THAT(result->out, HasSubstr("Complete: every record is in HubSpot."));
}

/// As a newer payferry may, which knows more that HubSpot does not take.
TEST_F(ResumeTest, WhatWasSentIsUnknownWhereItIsRefusedByNow) {
  answer_after(1h);
  const auto process = start_payferry(load_arguments());
  wait_until(*process, [&] { return in_hubspot() == records_in_request_; });
  process->send_signal(SIGKILL);
  process->wait(60s);
  mend_hubspot();
  std::string manifest = read("run/run.json");
  const std::string mapped = R"({ from = \"amount\")";
  ASSERT_THAT(manifest, HasSubstr(mapped));
  manifest.replace(manifest.find(mapped), mapped.size(), R"({ from = \"status\")");
  write("run/run.json", manifest);
  EXPECT_EQ(resume().exit_code, 1);
  EXPECT_EQ(in_hubspot(), records_in_request_);
  EXPECT_EQ(summary().tally.unknown, records_in_request_);
  EXPECT_EQ(summary().tally.invalid, kRecords - records_in_request_);
  EXPECT_THAT(read("run/unknown.csv"), HasSubstr("R-99,"));
  EXPECT_THAT(read("run/rejects.csv"), Not(HasSubstr("R-99,")));
}

TEST_F(ResumeTest, WhatIsWrongWithTheRunsOwnConfigIsNotToldOfTheFileOfToday) {
  simulator_.hubspot.account.properties.push_back({"note", false, "commerce_payments"});
  start_simulator();
  write_config(std::string(kPaymentProperties) + "note = { from = \"status\" }\n");
  with_hubspot([](simulator::SimulatedHubSpot& hubspot) {
    hubspot.faults().order(Fault::unavailable, kRecords, 1);
  });
  ASSERT_EQ(load({"--set", "retry.attempts=1", "--set", "limits.connections=1"}).exit_code, 3);
  simulator_.hubspot.account.properties.pop_back();
  start_simulator();
  write_config(kPaymentProperties);
  const ProcessResult result =
      payferry({"resume", file("run").string(), "--set", "hubspot.base_url=" + base_url()});
  EXPECT_EQ(result.exit_code, 2) << result.err << result.out;
  EXPECT_THAT(unwrapped(result.err + result.out),
              HasSubstr("the run's copy of " + file("payments.toml").string() + ":"));
}

TEST_F(ResumeTest, ARunKeepsItsLimit) {
  EXPECT_EQ(load({"--limit", "10"}).exit_code, 0);
  for (const std::vector<std::string>& other : {std::vector<std::string>(), {"--limit", "20"}}) {
    const ProcessResult refused = load(other);
    EXPECT_EQ(refused.exit_code, 2) << refused.out;
    EXPECT_THAT(refused.err, HasSubstr("was begun with --limit 10"));
  }
  EXPECT_EQ(load({"--limit", "10"}).exit_code, 0);
  EXPECT_EQ(in_hubspot(), 10U);
}

TEST_F(ResumeTest, ACompleteRunIsNotTakenForThatOfAChangedFile) {
  EXPECT_EQ(load().exit_code, 0);
  EXPECT_EQ(load().exit_code, 0);
  std::string changed = read("payments.csv");
  changed.replace(changed.find("12.50"), 5, "13.50");
  write("payments.csv", changed);
  const ProcessResult refused = load();
  EXPECT_EQ(refused.exit_code, 2) << refused.out;
  std::filesystem::remove(file("payments.csv"));
  EXPECT_EQ(load().exit_code, 0) << "it is loaded, and may be gone";
}

}  // namespace
}  // namespace payferry::test
