#include <gmock/gmock.h>

#include "process/after_load_fixture.hpp"

namespace payferry::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

/// A run whose token is of another account one day than it was when it began.
class OtherAccountTest : public AfterLoadFixture {
 protected:
  /// A run of which HubSpot has the first of three batches.
  void break_off_a_run() {
    start_simulator();
    write_config(kPaymentProperties);
    write_payments(300);
    with_hubspot([](simulator::SimulatedHubSpot& hubspot) {
      hubspot.faults().order(simulator::Fault::unavailable, 100, 1);
    });
    const ProcessResult result =
        load({"--set", "retry.attempts=1", "--set", "limits.connections=1"});
    ASSERT_EQ(result.exit_code, 3) << result.err << result.out;
    ASSERT_EQ(in_hubspot(), 100U);
  }
  /// Another HubSpot, at another address.
  void move_to(std::uint64_t account) {
    simulator_.hubspot.account.portal_id = account;
    start_simulator();
  }
  std::vector<std::string> address() const { return {"--set", "hubspot.base_url=" + base_url()}; }
  ProcessResult resume() {
    std::vector<std::string> arguments{"resume", file("run").string(), "--progress", "none"};
    for (const std::string& argument : address()) arguments.push_back(argument);
    return payferry(arguments);
  }
  std::uint64_t questions_for_the_account() {
    std::uint64_t count = 0;
    with_hubspot([&count](simulator::SimulatedHubSpot& hubspot) {
      const auto answers = hubspot.statistics().answers;
      const auto found = answers.find({"account_details", 200});
      if (found != answers.end()) count = found->second;
    });
    return count;
  }
  static void expect_refused(const ProcessResult& result) {
    EXPECT_EQ(result.exit_code, 2) << result.err << result.out;
    EXPECT_THAT(unwrapped(result.err + result.out),
                AllOf(HasSubstr("begun in the HubSpot account 4242424"),
                      HasSubstr("of the account 99: give a token"), Not(HasSubstr("go on with"))));
  }
};

TEST_F(OtherAccountTest, ARunIsNotGoneOnWithThere) {
  break_off_a_run();
  move_to(99);
  expect_refused(resume());
  write_config(kPaymentProperties);
  expect_refused(load());
  EXPECT_EQ(in_hubspot(), 0U);
}

TEST_F(OtherAccountTest, ARunGoesOnInItsOwnAtAnotherAddress) {
  break_off_a_run();
  EXPECT_EQ(questions_for_the_account(), 1U);
  move_to(4'242'424);
  const ProcessResult result = resume();
  EXPECT_EQ(result.exit_code, 0) << result.err << result.out;
  EXPECT_EQ(in_hubspot(), 200U);
  EXPECT_EQ(questions_for_the_account(), 1U);
}

TEST_F(OtherAccountTest, WhereHubSpotDoesNotTellTheAccountARunGoesOn) {
  simulator_.hubspot.access.missing_scopes = {"oauth"};
  break_off_a_run();
  EXPECT_EQ(questions_for_the_account(), 0U);
  move_to(99);
  const ProcessResult result = resume();
  EXPECT_EQ(result.exit_code, 0) << result.err << result.out;
}

// Nothing is noted of it afterwards: what was sent by then may be elsewhere.
TEST_F(OtherAccountTest, AnAccountThatIsToldTooLateIsNotTakenForTheRuns) {
  simulator_.hubspot.access.missing_scopes = {"oauth"};
  break_off_a_run();
  simulator_.hubspot.access.missing_scopes.clear();
  move_to(99);
  EXPECT_EQ(resume().exit_code, 0);
  EXPECT_THAT(read("run/run.json"), testing::Not(HasSubstr("\"account\"")));
}

TEST_F(OtherAccountTest, AnAccountThatNothingWasSentToIsNotTheRuns) {
  start_simulator();
  write_config(kPaymentProperties);
  write_payments(10);
  simulator_.hubspot.access.missing_scopes = {"crm.objects.commercepayments.write"};
  move_to(99);
  EXPECT_EQ(load(address()).exit_code, 4);
  simulator_.hubspot.access.missing_scopes.clear();
  move_to(4'242'424);
  EXPECT_EQ(resume().exit_code, 0);
  EXPECT_THAT(read("run/run.json"), HasSubstr("4242424"));
}

TEST_F(OtherAccountTest, ARunIsNeitherVerifiedNorUndoneThere) {
  ASSERT_EQ(load_payments(50).exit_code, 0);
  move_to(99);
  expect_refused(verify(address()));
  std::vector<std::string> arguments = address();
  arguments.emplace_back("--yes");
  expect_refused(undo(arguments));
  EXPECT_FALSE(std::filesystem::exists(file("run/undo.ndjson")));
}

TEST_F(OtherAccountTest, WhereHubSpotDoesNotTellTheAccountNothingIsArchived) {
  ASSERT_EQ(load_payments(50).exit_code, 0);
  with_hubspot([](simulator::SimulatedHubSpot& hubspot) {
    hubspot.faults().plan().on_settings = true;
    hubspot.faults().order(simulator::Fault::unavailable, 1, 1);  // properties are asked first
  });
  const ProcessResult result = undo({"--yes"});
  EXPECT_EQ(result.exit_code, 2) << result.err << result.out;
  EXPECT_THAT(unwrapped(result.err + result.out),
              HasSubstr("does not tell which account the token is of"));
  EXPECT_EQ(in_hubspot(), 50U);
}

}  // namespace
}  // namespace payferry::test
