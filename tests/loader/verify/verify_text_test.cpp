#include "loader/verify/verify_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace payferry {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

VerifyState agreeing() {
  VerifyState state;
  const Currency pounds = Currency::parse("GBP").value();
  for (int i = 0; i < 1'234; ++i) {
    state.source.count_read(pounds, Decimal(1'000'50, 2));
    state.source.count_outcome(pounds, Decimal(1'000'50, 2), OutcomeStatus::created);
    state.held.count_read(pounds, Decimal(1'000'50, 2));
    state.count(FindingKind::same);
  }
  state.complete = true;
  return state;
}

std::string text_of(const VerifyState& state, const VerifyEnd& end = {}) {
  return verify_text(state, end, "runs/may");
}

TEST(VerifyText, AgreementIsOneSentenceBelowTheSums) {
  const std::string text = text_of(agreeing());
  EXPECT_THAT(text, HasSubstr("  GBP  source          1,234            1,234,617.00\n"));
  EXPECT_THAT(text, HasSubstr("  GBP  read back       1,234            1,234,617.00\n"));
  EXPECT_THAT(text, EndsWith("HubSpot holds what the source says.\n"));
  EXPECT_THAT(text, Not(HasSubstr("verify.ndjson")));
}

TEST(VerifyText, TheCodeOfNoCurrencyIsExplainedOnWhicheverSideItStands) {
  EXPECT_THAT(text_of(agreeing()), Not(HasSubstr("XXX")));
  VerifyState held = agreeing();
  held.held.count_read(Currency(), Decimal(1, 0));
  EXPECT_THAT(text_of(held), HasSubstr("\n  (XXX: no currency given)\n"));
  VerifyState source = agreeing();
  source.source.count_read(Currency(), Decimal(1, 0));
  EXPECT_THAT(text_of(source), HasSubstr("\n  (XXX: no currency given)\n"));
}

TEST(VerifyText, DisagreementSaysInWhatAndWhereToLook) {
  VerifyState state = agreeing();
  state.count(FindingKind::differs);
  state.count(FindingKind::gone);
  state.count(FindingKind::gone);
  state.findings_bytes = 300;
  const std::string text = text_of(state);
  EXPECT_THAT(text, HasSubstr("runs/may/verify.ndjson"));
  EXPECT_THAT(text, EndsWith("\nHubSpot does not hold what the source says: 1 record differs, 2 "
                             "records are gone.\n"));
}

TEST(VerifyText, AStopSaysHowToGoOn) {
  VerifyState state = agreeing();
  state.complete = false;
  VerifyEnd end;
  end.stopped = "HubSpot cannot be reached: no connection to api.hubapi.com:443 could be made";
  EXPECT_THAT(text_of(state, end), EndsWith("\n" + end.stopped +
                                            ". What is checked is kept; go on with:\n"
                                            "  payferry verify runs/may\n"));
}

TEST(VerifyText, AfterAnUndoWhatIsGoneIsExplained) {
  VerifyState state = agreeing();
  state.count(FindingKind::gone);
  VerifyEnd end;
  end.undone = true;
  EXPECT_THAT(text_of(state, end), HasSubstr("payferry undo has archived"));
  EXPECT_THAT(text_of(state), Not(HasSubstr("payferry undo")));
}

TEST(VerifyText, TroubleIsTold) {
  VerifyState state = agreeing();
  state.trouble = "The input broke.";
  EXPECT_THAT(text_of(state), EndsWith("The input broke.\n"));
}

TEST(VerifyText, SumsThatDisagreeWithoutAFindingAreTold) {
  VerifyState state = agreeing();
  state.held.count_read(Currency::parse("USD").value(), Decimal(1, 0));
  const std::string text = text_of(state);
  EXPECT_THAT(text, HasSubstr("  USD  read back"));
  EXPECT_THAT(text, HasSubstr("The sums that HubSpot holds are not those of the source."));
}

}  // namespace
}  // namespace payferry
