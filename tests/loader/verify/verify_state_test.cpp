#include "loader/verify/verify_state.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace payferry {
namespace {

using testing::HasSubstr;

const Currency kPounds = Currency::parse("GBP").value();

/// Two records loaded and read back, one refused.
VerifyState agreeing() {
  VerifyState state;
  state.run_id = "run-1";
  state.started = parse_iso8601("2026-11-24T12:00:00Z").value();
  state.basis = "100+0";
  for (int i = 0; i < 2; ++i) {
    state.source.count_read(kPounds, Decimal(1250, 2));
    state.source.count_outcome(kPounds, Decimal(1250, 2), OutcomeStatus::created);
    state.held.count_read(kPounds, Decimal(125, 1));
    state.count(FindingKind::same);
  }
  state.source.count_read(kPounds, Decimal(1, 0));
  state.source.count_outcome(kPounds, Decimal(1, 0), OutcomeStatus::rejected);
  state.position.next = RecordNumber(4);
  state.position.source.line = LineNumber(5);
  state.position.source.offset = ByteOffset(77);
  state.position.outcomes_bytes = 100;
  state.complete = true;
  return state;
}

TEST(VerifyState, AgreesWhereAllThatWasLoadedIsHeld) {
  EXPECT_TRUE(agreeing().books_balance());
  EXPECT_TRUE(agreeing().agrees());
}

TEST(VerifyState, AnythingThatIsNotTheSameIsDisagreement) {
  for (const FindingKind kind : {FindingKind::differs, FindingKind::gone, FindingKind::unchecked}) {
    VerifyState state = agreeing();
    state.count(kind);
    EXPECT_FALSE(state.agrees()) << to_string(kind);
    EXPECT_EQ(state.checked(), 3U);
  }
}

TEST(VerifyState, ASumThatIsOffByACentIsDisagreement) {
  VerifyState state = agreeing();
  state.held.by_currency()[kPounds].read.sum += Decimal(1, 2);
  EXPECT_FALSE(state.books_balance());
  EXPECT_FALSE(state.agrees());
}

TEST(VerifyState, ACurrencyThatTheSourceDoesNotHaveIsDisagreement) {
  VerifyState state = agreeing();
  state.held.count_read(Currency::parse("USD").value(), Decimal(0, 0));
  EXPECT_FALSE(state.books_balance());
}

TEST(VerifyState, UnknownFatesPendingRecordsAndTroubleAreDisagreement) {
  VerifyState unknown = agreeing();
  unknown.source.count_read(kPounds, Decimal(1, 0));
  unknown.source.count_outcome(kPounds, Decimal(1, 0), OutcomeStatus::unknown);
  EXPECT_FALSE(unknown.agrees());
  VerifyState pending = agreeing();
  pending.source.count_read(kPounds, Decimal(1, 0));
  EXPECT_FALSE(pending.agrees());
  VerifyState troubled = agreeing();
  troubled.trouble = "the input broke";
  EXPECT_FALSE(troubled.agrees());
  VerifyState stopped = agreeing();
  stopped.complete = false;
  EXPECT_FALSE(stopped.agrees());
}

TEST(VerifyState, IsReadBackAsItWasWritten) {
  VerifyState state = agreeing();
  state.complete = false;
  state.findings_bytes = 33;
  state.requests = 5;
  state.count(FindingKind::differs);
  const auto read = VerifyState::parse(state.to_json());
  ASSERT_TRUE(read) << read.error();
  EXPECT_EQ(read->to_json(), state.to_json());
  EXPECT_EQ(read->position, state.position);
  EXPECT_EQ(read->basis, "100+0");
  EXPECT_EQ(read->differing, 1U);
}

TEST(VerifyState, ShowsTheSumsOfACurrencySideBySide) {
  const std::string json = agreeing().to_json();
  EXPECT_THAT(json, HasSubstr(R"("GBP":{"source":{"count":3,"sum":"26.00"},)"
                              R"("loaded":{"count":2,"sum":"25.00"},)"
                              R"("refused":{"count":1,"sum":"1"},)"));
  EXPECT_THAT(json, HasSubstr(R"("read_back":{"count":2,"sum":"25.0"})"));
}

TEST(VerifyState, ACurrencyOfWhichNothingIsHeldIsShownAsNothing) {
  VerifyState state = agreeing();
  state.held = {};
  EXPECT_THAT(state.to_json(), HasSubstr(R"("read_back":{"count":0,"sum":"0"})"));
}

TEST(VerifyState, WhatCannotBeReadSaysSo) {
  EXPECT_FALSE(VerifyState::parse("{}"));
  EXPECT_FALSE(VerifyState::parse(""));
}

}  // namespace
}  // namespace payferry
