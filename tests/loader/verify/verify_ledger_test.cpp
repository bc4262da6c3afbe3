#include "loader/verify/verify_ledger.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>

#include "loader/source/temp_directory.hpp"
#include "loader/verify/verify_samples.hpp"
#include "support/virtual_time.hpp"

namespace payferry::test {
namespace {

using testing::HasSubstr;

class VerifyLedgerTest : public testing::Test {
 protected:
  VerifyLedger open(VerifyState state = {}) {
    return VerifyLedger(directory_, time_, std::move(state), {});
  }
  CheckBatch batch(std::uint64_t number, std::uint64_t first) {
    CheckBatch batch = check_batch(first, 2);
    batch.number = number;
    return batch;
  }
  static std::vector<Finding> second_gone() {
    std::vector<Finding> findings(2);
    findings[1].kind = FindingKind::gone;
    return findings;
  }
  static ControlTotals one_held() {
    ControlTotals held;
    held.count_read(Currency::parse("GBP").value(), Decimal(1250, 2));
    return held;
  }
  std::string findings() const { return parent_.read("run/verify.ndjson"); }
  VerifyState saved() const { return VerifyState::parse(parent_.read("run/verify.json")).value(); }

  TempDirectory parent_;
  RunDirectory directory_ = RunDirectory::open(parent_.path() / "run").value();
  boost::asio::io_context context_;
  VirtualTime time_{context_};
};

TEST_F(VerifyLedgerTest, BatchesAreEnteredInTheirOrder) {
  VerifyLedger ledger = open();
  ledger.enter(batch(2, 3), second_gone(), one_held());
  EXPECT_EQ(ledger.waiting(), 1U);
  EXPECT_EQ(findings(), "");
  EXPECT_EQ(ledger.state().checked(), 0U);
  ledger.enter(batch(1, 1), second_gone(), one_held());
  EXPECT_EQ(ledger.waiting(), 0U);
  EXPECT_EQ(ledger.state().same, 2U);
  EXPECT_EQ(ledger.state().gone, 2U);
  EXPECT_EQ(ledger.state().position.next, RecordNumber(5));
  EXPECT_EQ(ledger.state().held.by_currency().begin()->second.read.sum, Decimal(2500, 2));
  EXPECT_LT(findings().find(R"("record":2,)"), findings().find(R"("record":4,)"));
}

TEST_F(VerifyLedgerTest, OnlyWhatIsNotTheSameIsWritten) {
  VerifyLedger ledger = open();
  ledger.enter(batch(1, 1), std::vector<Finding>(2), one_held());
  EXPECT_EQ(findings(), "");
}

TEST_F(VerifyLedgerTest, WhatWasWrittenBehindTheLastSaveIsDoneAgain) {
  VerifyState kept;
  {
    VerifyLedger ledger = open();
    ledger.enter(batch(1, 1), second_gone(), one_held());
    ledger.save();
    kept = saved();
    ledger.enter(batch(2, 3), second_gone(), one_held());
  }
  EXPECT_THAT(findings(), HasSubstr(R"("record":4,)"));
  VerifyLedger again = open(kept);
  EXPECT_EQ(again.state().position.next, RecordNumber(3));
  EXPECT_THAT(findings(), HasSubstr(R"("record":2,)"));
  EXPECT_THAT(findings(), testing::Not(HasSubstr(R"("record":4,)")));
}

TEST_F(VerifyLedgerTest, ANewVerifyForgetsTheOldFindings) {
  { open().enter(batch(1, 1), second_gone(), one_held()); }
  EXPECT_NE(findings(), "");
  const VerifyLedger again = open();
  EXPECT_EQ(findings(), "");
}

TEST_F(VerifyLedgerTest, ItIsSavedNowAndThen) {
  VerifyLedger ledger = open();
  ledger.enter(batch(1, 1), second_gone(), one_held());
  EXPECT_EQ(saved().checked(), 0U);
  time_.run_until(time_.now() + std::chrono::seconds(3));
  ledger.enter(batch(2, 3), second_gone(), one_held());
  EXPECT_EQ(saved().checked(), 4U);
}

}  // namespace
}  // namespace payferry::test
