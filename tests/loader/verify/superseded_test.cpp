#include "loader/verify/superseded.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "loader/source/temp_directory.hpp"
#include "loader/verify/verify_samples.hpp"

namespace payferry::test {
namespace {

using testing::HasSubstr;
using testing::Not;

const Currency kPounds = Currency::parse("GBP").value();
const Currency kDollars = Currency::parse("USD").value();

class SupersededTest : public testing::Test {
 protected:
  /// Record `number` was loaded as `id`, and HubSpot holds `amount` of `currency` there.
  void add(std::uint64_t number, const std::string& id, const Decimal& amount,
           Currency currency = kPounds) {
    CheckedRecord record = checked_record(number);
    record.id = id;
    Outcome outcome;
    outcome.record = record.number;
    outcome.status = OutcomeStatus::updated;
    outcome.id = id;
    append_outcome_line(outcomes_, outcome, {record.position.line, "", record.key});
    state_.source.count_read(record.currency, record.amount);
    state_.source.count_outcome(record.currency, record.amount, outcome.status);
    state_.held.count_read(currency, amount);
    Finding finding;
    if (amount != *record.amount)
      finding.differences.push_back({"hs_initial_amount", "12.50", amount.to_string()});
    if (currency != record.currency)
      finding.differences.push_back({"hs_currency_code", "GBP", std::string(currency.code())});
    if (!finding.differences.empty()) finding.kind = FindingKind::differs;
    state_.count(finding.kind);
    if (finding.kind != FindingKind::same)
      append_finding_line(findings_, record, finding, "", Instant());
  }
  void forgive(std::size_t group = kSupersededGroup) {
    parent_.write("run/outcomes.ndjson", outcomes_);
    parent_.write("run/verify.ndjson", findings_);
    forgive_superseded(directory_, payment_rules(), state_, group);
    state_.complete = true;
  }
  std::string findings() const { return parent_.read("run/verify.ndjson"); }

  TempDirectory parent_;
  RunDirectory directory_ = RunDirectory::open(parent_.path() / "run").value();
  VerifyState state_;
  std::string outcomes_;
  std::string findings_;
};

TEST_F(SupersededTest, ARowThatALaterOneOfItsKeyChangedIsNoDifference) {
  add(1, "51", Decimal(99, 0), kDollars);
  add(2, "52", Decimal(1250, 2));
  add(3, "51", Decimal(1250, 2));
  forgive();
  EXPECT_EQ(findings(), "");
  EXPECT_EQ(state_.superseded, 1U);
  EXPECT_EQ(state_.differing, 0U);
  EXPECT_EQ(state_.findings_bytes, 0U);
  EXPECT_TRUE(state_.books_balance());
  EXPECT_TRUE(state_.agrees());
}

TEST_F(SupersededTest, TheLastRowOfAKeyMustBeHeld) {
  add(1, "51", Decimal(99, 0));
  add(2, "51", Decimal(99, 0));
  forgive();
  EXPECT_THAT(findings(), Not(HasSubstr(R"("record":1,)")));
  EXPECT_THAT(findings(), HasSubstr(R"("record":2,)"));
  EXPECT_EQ(state_.superseded, 1U);
  EXPECT_EQ(state_.differing, 1U);
  EXPECT_EQ(state_.findings_bytes, findings().size());
  EXPECT_FALSE(state_.books_balance());
}

TEST_F(SupersededTest, AnotherKeysLaterRowForgivesNothing) {
  add(1, "51", Decimal(99, 0));
  add(2, "52", Decimal(1250, 2));
  forgive();
  EXPECT_EQ(findings(), findings_);
  EXPECT_EQ(state_.differing, 1U);
}

TEST_F(SupersededTest, ManyFindingsAreSiftedInGroups) {
  for (std::uint64_t number = 1; number <= 9; ++number)
    add(number, std::to_string(50 + number % 4), Decimal(99, 0));
  forgive(2);
  EXPECT_EQ(state_.superseded, 5U);
  EXPECT_EQ(state_.differing, 4U);
  for (const char* kept : {"6", "7", "8", "9"})
    EXPECT_THAT(findings(), HasSubstr(std::string(R"("record":)") + kept + ","));
}

}  // namespace
}  // namespace payferry::test
