#include <gmock/gmock.h>

#include <csignal>
#include <cstdlib>
#include <random>
#include <sstream>

#include "bench/harness/payment_generator.hpp"
#include "process/load_fixture.hpp"

namespace payferry::test {
namespace {

using namespace std::chrono_literals;

std::uint64_t number_from(const char* variable, std::uint64_t otherwise) {
  const char* text = std::getenv(variable);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

/// PAYFERRY_KILL_RECORDS and PAYFERRY_KILLS make it larger.
class KillTest : public LoadFixture {
 protected:
  /// Generated payments with 1 % bad ones; by record number what is wrong with each.
  void write_payments(std::uint64_t records) {
    bench::GeneratorOptions options;
    options.records = records;
    options.seed = 42;
    options.bad_share = 0.01;
    bench::PaymentGenerator generator(options);
    std::string text;
    generator.append_head(text);
    for (std::uint64_t record = 0; record < records; ++record)
      defects_.push_back(generator.append_next(text));
    write("payments.csv", text);
  }

  void order_faults() {
    using simulator::Fault;
    simulator_.hubspot.faults.with(Fault::reset, 0.05)
        .with(Fault::bad_gateway, 0.05)
        .with(Fault::truncated, 0.05)
        .with(Fault::empty, 0.05)
        .with(Fault::missing, 0.01)
        .with(Fault::locked, 0.005)
        .with(Fault::unavailable, 0.01)
        .with(Fault::reset_uncommitted, 0.02);
    simulator_.hubspot.faults.on_reads = true;
    simulator_.hubspot.latency = 15ms;
    simulator_.hubspot.jitter = 10ms;
  }

  void expect_every_promise_kept() {
    const auto all = outcomes();
    EXPECT_EQ(all.size(), defects_.size());
    std::map<std::string, std::string> ids;
    with_hubspot([&](simulator::SimulatedHubSpot& hubspot) {
      for (const simulator::LedgerEntry& entry : hubspot.ledger().entries()) {
        EXPECT_EQ(entry.action, simulator::LedgerAction::created);
        EXPECT_TRUE(ids.emplace(std::string(entry.key), std::to_string(entry.id)).second)
            << entry.key << " twice";
      }
    });
    std::uint64_t loaded = 0;
    for (const auto& [number, line] : all) {
      switch (defects_[number - 1]) {
        case bench::Defect::none:
          ++loaded;
          EXPECT_EQ(line.outcome.status, OutcomeStatus::created) << number;
          EXPECT_EQ(line.outcome.id, ids[line.key]) << number;
          break;
        case bench::Defect::unknown_status:
        case bench::Defect::currency_not_enabled:
          EXPECT_EQ(line.outcome.status, OutcomeStatus::rejected) << number;
          break;
        default:
          EXPECT_EQ(line.outcome.status, OutcomeStatus::invalid) << number;
      }
    }
    EXPECT_EQ(ids.size(), loaded);
    const Summary end = summary();
    EXPECT_TRUE(end.complete);
    EXPECT_TRUE(end.books_balance());
    EXPECT_EQ(end.tally.created, loaded);
    EXPECT_EQ(end.tally.refused(), defects_.size() - loaded);
  }

  std::vector<bench::Defect> defects_;
};

TEST_F(KillTest, KilledAtRandomMomentsAndResumedEveryRecordIsThereOnce) {
  const std::uint64_t records = number_from("PAYFERRY_KILL_RECORDS", 20'000);
  const std::uint64_t kills = number_from("PAYFERRY_KILLS", 20);
  order_faults();
  simulator_.hubspot.account.properties.push_back({"payferry_run", false, "commerce_payments"});
  start_simulator();
  write_config(kPaymentProperties);
  std::string config = read("payments.toml");
  config.insert(config.find("[limits]"), "run_property = \"payferry_run\"\n");
  write("payments.toml", config);
  write_payments(records);

  std::mt19937_64 random(7);
  std::uint64_t killed = 0;
  for (;;) {
    // Killed before there was a run to go on with, it is to be begun again.
    const bool has_begun = std::filesystem::exists(file("run/run.json"));
    const std::vector<std::string> resume{"resume", file("run").string(), "--progress", "none"};
    const auto process = start_payferry(has_begun ? resume : load_arguments());
    // A random moment of a run that takes some seconds in all; the last processes are let finish.
    const std::chrono::milliseconds moment(100 + random() % (records / 20));
    const auto limit = killed < kills ? moment : std::chrono::milliseconds(600s);
    const auto end = process->wait(limit);
    if (end && end->exit_code != 3) {
      EXPECT_EQ(end->exit_code, 1) << end->err << end->out;
      break;
    }
    if (end) continue;
    ASSERT_LT(killed, kills) << "the last resume did not end";
    process->send_signal(SIGKILL);
    ASSERT_TRUE(process->wait(10s));
    ++killed;
  }
  expect_every_promise_kept();
}

TEST_F(KillTest, AnInterruptLetsWhatIsUnderWayFinishAndIsResumable) {
  simulator_.hubspot.latency = 300ms;
  start_simulator();
  write_config(kPaymentProperties);
  write_payments(5'000);
  const auto process = start_payferry(load_arguments());
  while (!std::filesystem::exists(file("run/outcomes.ndjson")))
    ASSERT_FALSE(process->wait(5ms)) << "it ended early";
  process->send_signal(SIGINT);
  const auto result = process->wait(30s);
  ASSERT_TRUE(result);
  EXPECT_EQ(result->exit_code, 3);
  EXPECT_THAT(result->out, testing::HasSubstr("payferry resume"));
  EXPECT_EQ(payferry({"resume", file("run").string()}).exit_code, 1);
  expect_every_promise_kept();
}

}  // namespace
}  // namespace payferry::test
