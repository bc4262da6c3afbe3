#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "loader/delivery/batch_progress_steps.hpp"

namespace payferry {
namespace {

using namespace test;
using testing::ElementsAre;
using testing::IsEmpty;

Refusal not_found() {
  Refusal refusal;
  refusal.code = "ASSOCIATION_NOT_FOUND";
  refusal.message = "no such contact";
  return refusal;
}

Batch sent_before(Batch batch) {
  Batch again(batch.number());
  for (BatchEntry entry : batch.entries()) {
    const RecordInDoubt in_doubt{SendTime(kSent), 1};
    entry.in_doubt = &in_doubt;
    again.add(entry);
  }
  return again;
}

TEST(BatchProgressTargets, WhatMustNotBeSentIsRejectedAndItsNeighboursAreSent) {
  const Batch batch = batch_of(1, 1, keys_of("k", 3));
  BatchProgress progress(batch, create());
  progress.must_not_be_sent(1, not_found());
  const auto outcomes = progress.initial_outcomes();
  ASSERT_EQ(outcomes.size(), 1U);
  EXPECT_EQ(outcomes[0].entry, 1U);
  EXPECT_EQ(outcomes[0].outcome.status, OutcomeStatus::rejected);
  EXPECT_EQ(outcomes[0].outcome.refusal->code, "ASSOCIATION_NOT_FOUND");
  EXPECT_THAT(progress.next().entries, ElementsAre(0, 2));
}

TEST(BatchProgressTargets, ABatchOfWhichNothingMayBeSentIsFinished) {
  const Batch batch = batch_of(1, 1, keys_of("k", 1));
  BatchProgress progress(batch, create());
  progress.must_not_be_sent(0, not_found());
  EXPECT_EQ(progress.initial_outcomes().size(), 1U);
  EXPECT_EQ(progress.next().kind, StepKind::finished);
}

/// Rejecting it unseen would be a lie where an earlier process made it.
TEST(BatchProgressTargets, WhatMustNotBeSentButWasIsLookedUpFirst) {
  const Batch batch = sent_before(batch_of(1, 1, keys_of("k", 2)));
  BatchProgress progress(batch, create());
  progress.must_not_be_sent(0, not_found());
  progress.must_not_be_sent(1, not_found());
  EXPECT_THAT(progress.initial_outcomes(), IsEmpty());
  const Step step = progress.next();
  EXPECT_EQ(step.kind, StepKind::look_up);
  LookUpResult made;
  made.kind = LookUpResult::Kind::found;
  made.origin = Origin::this_record;
  const std::vector<LookUpResult> results{made, missing()};
  const auto outcomes = progress.take_look_up(step, results, 207);
  ASSERT_EQ(outcomes.size(), 2U);
  EXPECT_EQ(outcomes[0].outcome.status, OutcomeStatus::created);
  EXPECT_EQ(outcomes[1].outcome.status, OutcomeStatus::rejected);
  EXPECT_EQ(progress.next().kind, StepKind::finished);
}

TEST(BatchProgressTargets, AnUpsertThatWasSentBeforeIsSentAgainAndSaysWhatItLacks) {
  const Batch batch = sent_before(batch_of(1, 1, keys_of("k", 1)));
  BatchProgress progress(batch, upsert());
  progress.must_not_be_sent(0, not_found());
  EXPECT_THAT(progress.initial_outcomes(), IsEmpty());
  const Step step = progress.next();
  const auto outcomes =
      progress.take_verdict(step, verdict(Reaction::none, {FateKind::updated}), answered(200));
  ASSERT_EQ(outcomes.size(), 1U);
  EXPECT_EQ(outcomes[0].outcome.status, OutcomeStatus::updated);
  EXPECT_TRUE(lacks_association(outcomes[0].outcome));
}

TEST(BatchProgressTargets, WhatLacksAnAssociationSaysSoWhenThisRunMadeIt) {
  const Batch batch = batch_of(1, 1, keys_of("k", 2));
  BatchProgress progress(batch, create());
  progress.lacks_association(0, not_found());
  const Step step = progress.next();
  const auto outcomes = progress.take_verdict(
      step, verdict(Reaction::none, {FateKind::created, FateKind::created}), answered(201));
  ASSERT_EQ(outcomes.size(), 2U);
  EXPECT_EQ(outcomes[0].outcome.refusal->message, "no such contact");
  EXPECT_EQ(outcomes[1].outcome.refusal->code, "");
}

}  // namespace
}  // namespace payferry
