#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "loader/delivery/batch_progress_steps.hpp"

namespace payferry {
namespace {

using namespace test;
using testing::ElementsAre;
using testing::IsEmpty;

/// HubSpot says who holds the key, and does not find it as often as it is asked.
void hold_and_miss(BatchProgress& progress, const std::string& holder) {
  send(progress, held_by(holder), answered(207));
  for (int vain = 0; vain < 3; ++vain) EXPECT_THAT(look_up(progress, {missing()}), IsEmpty());
}

TEST(BatchProgressLookUp, WhatALookUpFindsIsSettledByItsOrigin) {
  const Batch batch = batch_of(1, 1, keys_of("k", 3));
  BatchProgress progress(batch, create());
  send(progress, verdict(Reaction::retry, std::vector<FateKind>(3, FateKind::in_doubt)), cut());
  LookUpResult other = found("8", Origin::other_row);
  other.first_record = RecordNumber(44);
  const auto outcomes =
      look_up(progress, {found("7", Origin::this_record), other, found("9", Origin::before)});
  ASSERT_EQ(outcomes.size(), 3U);
  EXPECT_EQ(outcomes[0].outcome.status, OutcomeStatus::created);
  EXPECT_EQ(outcomes[0].outcome.id, "7");
  EXPECT_EQ(outcomes[1].outcome.status, OutcomeStatus::rejected);
  EXPECT_EQ(outcomes[1].outcome.refusal->code, "DUPLICATE_IN_SOURCE");
  EXPECT_EQ(outcomes[1].outcome.refusal->first_record, RecordNumber(44));
  EXPECT_EQ(outcomes[2].outcome.status, OutcomeStatus::existing);
  EXPECT_EQ(outcomes[2].outcome.id, "9");
  EXPECT_EQ(progress.next().kind, StepKind::finished);
}

TEST(BatchProgressLookUp, WhatALookUpMissesIsSentAgain) {
  const Batch batch = batch_of(1, 1, keys_of("k", 2));
  BatchProgress progress(batch, create());
  send(progress, verdict(Reaction::retry, std::vector<FateKind>(2, FateKind::in_doubt)), cut());
  EXPECT_EQ(look_up(progress, {found("7", Origin::this_record), missing()}).size(), 1U);
  const Step again = progress.next();
  EXPECT_EQ(again.kind, StepKind::send);
  EXPECT_THAT(again.entries, ElementsAre(1));
}

/// Nothing is rejected for a fault of the server's (interface.md §3).
TEST(BatchProgressLookUp, ARecordThatHubSpotFailsToWriteEachTimeEndsTheRun) {
  const Batch batch = batch_of(1, 1, keys_of("k", 2));
  BatchProgress::Options options = upsert();
  options.most_sends = 3;
  BatchProgress progress(batch, options);
  EXPECT_EQ(send(progress, verdict(Reaction::none, {FateKind::not_done, FateKind::updated}),
                 answered(207))
                .size(),
            1U);
  send(progress, verdict(Reaction::none, {FateKind::not_done}), answered(207));
  EXPECT_FALSE(progress.has_given_up());
  EXPECT_THAT(send(progress, verdict(Reaction::none, {FateKind::in_doubt}), answered(207)),
              IsEmpty());
  EXPECT_TRUE(progress.has_given_up());
}

TEST(BatchProgressLookUp, WhereNothingIsToldOfAnyRecordTheRunIsToStop) {
  const Batch batch = batch_of(1, 1, keys_of("k", 2));
  BatchProgress::Options options = create();
  options.most_sends = 3;
  BatchProgress progress(batch, options);
  for (std::uint32_t sends = 0; sends < 3; ++sends) {
    EXPECT_FALSE(progress.has_given_up());
    Step step = progress.next();
    EXPECT_EQ(progress.vain_sends(step), sends);
    progress.take_verdict(step, all(Reaction::none, FateKind::in_doubt, step), answered(200));
    EXPECT_THAT(look_up(progress, {missing(), missing()}), IsEmpty());
  }
  EXPECT_TRUE(progress.has_given_up());
  EXPECT_EQ(progress.next().kind, StepKind::send) << "a resumed run sends it again";
}

TEST(BatchProgressLookUp, ThrottlingAndSplittingAreNoVainSends) {
  const Batch batch = batch_of(1, 1, keys_of("k", 4));
  BatchProgress progress(batch, create());
  const Step step = progress.next();
  progress.take_verdict(step, all(Reaction::throttled, FateKind::not_done, step), answered(429));
  const Step again = progress.next();
  EXPECT_EQ(progress.vain_sends(again), 0U);
  progress.take_verdict(again, all(Reaction::isolate, FateKind::not_done, again), answered(400));
  EXPECT_EQ(progress.vain_sends(progress.next()), 0U);
}

TEST(BatchProgressLookUp, WhatALookUpDoesNotTellIsAskedAgain) {
  const Batch batch = batch_of(1, 1, keys_of("k", 2));
  BatchProgress progress(batch, create());
  send(progress, verdict(Reaction::retry, std::vector<FateKind>(2, FateKind::in_doubt)), cut());
  look_up(progress, {LookUpResult(), found("7", Origin::this_record)});
  const Step again = progress.next();
  EXPECT_EQ(again.kind, StepKind::look_up);
  EXPECT_THAT(again.entries, ElementsAre(0));
}

TEST(BatchProgressLookUp, AHeldKeyThatIsFoundIsSettledByItsOrigin) {
  const Batch batch = batch_of(1, 1, {"k"});
  BatchProgress progress(batch, create());
  send(progress, held_by("99"), answered(207));
  const auto outcomes = look_up(progress, {found("99", Origin::before)});
  ASSERT_EQ(outcomes.size(), 1U);
  EXPECT_EQ(outcomes[0].outcome.status, OutcomeStatus::existing);
}

/// Which by its id shows whether it is out of sight or archived.
TEST(BatchProgressLookUp, AHeldKeyThatIsMissingThriceIsAskedForByItsHoldersId) {
  const Batch batch = batch_of(1, 1, {"k"});
  BatchProgress progress(batch, create());
  hold_and_miss(progress, "99");
  const Step step = progress.next();
  EXPECT_EQ(step.kind, StepKind::look_up_holder);
  EXPECT_EQ(progress.holder(0), "99");
  const std::vector<LookUpResult> there{found("99", Origin::before)};
  const auto outcomes = progress.take_look_up(step, there, 200);
  ASSERT_EQ(outcomes.size(), 1U);
  EXPECT_EQ(outcomes[0].outcome.status, OutcomeStatus::existing);
  EXPECT_EQ(outcomes[0].outcome.id, "99");
  EXPECT_EQ(progress.next().kind, StepKind::finished);
}

/// It may be the record that this run made before its answer was lost.
TEST(BatchProgressLookUp, AHolderThatIsFoundByItsIdAloneIsSettledByItsOrigin) {
  const Batch batch = batch_of(1, 1, {"k"});
  BatchProgress progress(batch, create());
  hold_and_miss(progress, "99");
  const auto outcomes = look_up(progress, {found("99", Origin::this_record)});
  ASSERT_EQ(outcomes.size(), 1U);
  EXPECT_EQ(outcomes[0].outcome.status, OutcomeStatus::created);
}

TEST(BatchProgressLookUp, AHolderThatIsNotThereLeavesTheRecordOutOfHubSpot) {
  const Batch batch = batch_of(1, 1, {"k"});
  BatchProgress progress(batch, create());
  hold_and_miss(progress, "99");
  const auto outcomes = look_up(progress, {missing()});
  ASSERT_EQ(outcomes.size(), 1U);
  EXPECT_EQ(outcomes[0].outcome.status, OutcomeStatus::rejected);
  EXPECT_EQ(outcomes[0].outcome.refusal->code, "HELD_BY_ARCHIVED");
  EXPECT_EQ(progress.next().kind, StepKind::finished);
}

TEST(BatchProgressLookUp, AHeldKeyWhoseHolderNobodyNamesAndNobodyFindsIsRejected) {
  const Batch batch = batch_of(1, 1, {"k"});
  BatchProgress progress(batch, create());
  send(progress, held_by(""), answered(207));
  EXPECT_THAT(look_up(progress, {missing()}), IsEmpty());
  EXPECT_THAT(look_up(progress, {missing()}), IsEmpty());
  const auto outcomes = look_up(progress, {missing()});
  ASSERT_EQ(outcomes.size(), 1U);
  EXPECT_EQ(outcomes[0].outcome.status, OutcomeStatus::rejected);
  EXPECT_EQ(outcomes[0].outcome.refusal->code, "HELD_BY_ARCHIVED");
}

TEST(BatchProgressLookUp, AHolderThatAnAnswerDoesNotTellOfIsAskedForAgain) {
  const Batch batch = batch_of(1, 1, {"k"});
  BatchProgress progress(batch, create());
  hold_and_miss(progress, "99");
  EXPECT_THAT(look_up(progress, {LookUpResult()}), IsEmpty());
  Step step = progress.next();
  EXPECT_EQ(step.kind, StepKind::look_up_holder);
  progress.put_back(std::move(step));
  EXPECT_EQ(progress.next().kind, StepKind::look_up_holder);
}

TEST(BatchProgressLookUp, AValueOfAnotherUniquePropertyIsARefusalOfThisRecord) {
  const Batch batch = batch_of(1, 1, {"k"});
  BatchProgress progress(batch, create());
  Verdict held = held_by("99");
  held.fates.front().refusal->property = "invoice_number";
  const auto outcomes = send(progress, held, answered(207));
  ASSERT_EQ(outcomes.size(), 1U);
  EXPECT_EQ(outcomes[0].outcome.status, OutcomeStatus::rejected);
  EXPECT_EQ(outcomes[0].outcome.refusal->property, "invoice_number");
  EXPECT_EQ(progress.next().kind, StepKind::finished);
}

TEST(BatchProgressLookUp, AHeldValueOfTheKeysOwnPropertyIsLookedUp) {
  const Batch batch = batch_of(1, 1, {"k"});
  BatchProgress progress(batch, create());
  Verdict held = held_by("99");
  held.fates.front().refusal->property = test::kKeyProperty;
  EXPECT_THAT(send(progress, held, answered(207)), IsEmpty());
  EXPECT_EQ(progress.next().kind, StepKind::look_up);
}

TEST(BatchProgressLookUp, WithoutAKeyOnlyANamedHolderCanBeAskedFor) {
  const Batch batch = batch_of(1, 1, {"", ""});
  BatchProgress progress(batch, create_without_key());
  Verdict held = verdict(Reaction::none, {FateKind::held, FateKind::held});
  held.fates[0].id = "99";
  const auto rejected = send(progress, held, answered(207));
  ASSERT_EQ(rejected.size(), 1U);
  EXPECT_EQ(rejected[0].outcome.status, OutcomeStatus::rejected);
  const Step step = progress.next();
  EXPECT_EQ(step.kind, StepKind::look_up_holder);
  EXPECT_THAT(step.entries, ElementsAre(0));
  const std::vector<LookUpResult> there{found("99", Origin::before)};
  const auto outcomes = progress.take_look_up(step, there, 200);
  ASSERT_EQ(outcomes.size(), 1U);
  EXPECT_EQ(outcomes[0].outcome.status, OutcomeStatus::existing);
  EXPECT_EQ(outcomes[0].outcome.id, "99");
}

TEST(BatchProgressLookUp, AnAnswerThatDoesNotTellIsNoVainLookUp) {
  const Batch batch = batch_of(1, 1, {"k"});
  BatchProgress progress(batch, create());
  send(progress, held_by("99"), answered(207));
  for (int asked = 0; asked < 10; ++asked)
    EXPECT_THAT(look_up(progress, {LookUpResult()}), IsEmpty());
}

TEST(BatchProgressLookUp, OnExistingRejectMakesItARejectThatSaysSo) {
  BatchProgress::Options options = create();
  options.reject_existing = true;
  const Batch batch = batch_of(1, 1, {"k"});
  BatchProgress progress(batch, options);
  send(progress, held_by("99"), answered(207));
  const auto outcomes = look_up(progress, {found("99", Origin::before)});
  ASSERT_EQ(outcomes.size(), 1U);
  EXPECT_EQ(outcomes[0].outcome.status, OutcomeStatus::rejected);
  EXPECT_EQ(outcomes[0].outcome.id, "99");
  EXPECT_EQ(outcomes[0].outcome.refusal->code, "ALREADY_EXISTS");
  EXPECT_EQ(outcomes[0].outcome.refusal->category, "VALIDATION_ERROR");
  EXPECT_EQ(outcomes[0].outcome.refusal->correlation_id, "c-1");
}

TEST(BatchProgressLookUp, OnExistingRejectKeepsWhatThisRunCreated) {
  BatchProgress::Options options = create();
  options.reject_existing = true;
  const Batch batch = batch_of(1, 1, {"k"});
  BatchProgress progress(batch, options);
  send(progress, verdict(Reaction::retry, {FateKind::in_doubt}), cut());
  const auto outcomes = look_up(progress, {found("7", Origin::this_record)});
  ASSERT_EQ(outcomes.size(), 1U);
  EXPECT_EQ(outcomes[0].outcome.status, OutcomeStatus::created);
}

TEST(BatchProgressLookUp, AskingInHalvesAsksForEveryRecordInSmallerPieces) {
  const Batch batch = batch_of(1, 1, keys_of("k", 4));
  BatchProgress progress(batch, create());
  send(progress, verdict(Reaction::retry, std::vector<FateKind>(4, FateKind::in_doubt)), cut());
  progress.ask_in_halves(progress.next());
  const auto settled = [](std::string id) { return found(std::move(id), Origin::this_record); };
  const Step first = progress.next();
  EXPECT_THAT(first.entries, ElementsAre(0, 1));
  progress.take_look_up(first, std::vector<LookUpResult>{settled("1"), settled("2")}, 200);
  const Step second = progress.next();
  EXPECT_THAT(second.entries, ElementsAre(2, 3));
  progress.ask_in_halves(second);
  const Step third = progress.next();
  EXPECT_THAT(third.entries, ElementsAre(2));
  progress.ask_in_halves(third);
  EXPECT_THAT(progress.next().entries, ElementsAre(2));
}

TEST(BatchProgressLookUp, AStepThatIsPutBackComesAgain) {
  const Batch batch = batch_of(1, 1, keys_of("k", 3));
  BatchProgress progress(batch, create());
  progress.put_back(progress.next());
  const Step step = progress.next();
  EXPECT_EQ(step.kind, StepKind::send);
  EXPECT_THAT(step.entries, ElementsAre(0, 1, 2));
  progress.take_verdict(step, all(Reaction::retry, FateKind::in_doubt, step), cut());
  progress.put_back(progress.next());
  const Step look_up_step = progress.next();
  EXPECT_EQ(look_up_step.kind, StepKind::look_up);
  EXPECT_THAT(look_up_step.entries, ElementsAre(0, 1, 2));
  EXPECT_EQ(progress.attempts(0), 1U);
}

}  // namespace
}  // namespace payferry
