#include "loader/delivery/batch_progress.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "loader/delivery/batch_progress_steps.hpp"

namespace payferry {
namespace {

using namespace std::chrono_literals;
using namespace test;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(BatchProgress, AFreshBatchIsSentWhole) {
  const Batch batch = batch_of(1, 1, keys_of("k", 3));
  BatchProgress progress(batch, create());
  EXPECT_THAT(progress.initial_outcomes(), IsEmpty());
  const Step step = progress.next();
  EXPECT_EQ(step.kind, StepKind::send);
  EXPECT_THAT(step.entries, ElementsAre(0, 1, 2));
}

TEST(BatchProgress, ABatchWithoutEntriesIsFinished) {
  const Batch batch = batch_of(1, 1, {});
  BatchProgress progress(batch, create());
  EXPECT_EQ(progress.next().kind, StepKind::finished);
}

TEST(BatchProgress, CreatedUpdatedAndRefusedAreFinal) {
  const Batch batch = batch_of(1, 11, keys_of("k", 3));
  BatchProgress progress(batch, create());
  Verdict told = verdict(Reaction::none, {FateKind::created, FateKind::updated, FateKind::refused});
  told.fates[0].id = "501";
  told.fates[2].refusal->code = "INVALID_OPTION";
  const auto outcomes = send(progress, told, answered(207));
  ASSERT_EQ(outcomes.size(), 3U);
  EXPECT_EQ(outcomes[0].outcome.status, OutcomeStatus::created);
  EXPECT_EQ(outcomes[0].outcome.id, "501");
  EXPECT_EQ(outcomes[0].outcome.record, RecordNumber(11));
  EXPECT_EQ(outcomes[0].outcome.http, 207);
  EXPECT_EQ(outcomes[1].outcome.status, OutcomeStatus::updated);
  EXPECT_EQ(outcomes[2].outcome.status, OutcomeStatus::rejected);
  EXPECT_EQ(outcomes[2].outcome.refusal->code, "INVALID_OPTION");
  EXPECT_EQ(progress.next().kind, StepKind::finished);
}

TEST(BatchProgress, WhatWasNotDoneIsSentAgain) {
  const Batch batch = batch_of(1, 1, keys_of("k", 3));
  BatchProgress progress(batch, create());
  const auto told =
      verdict(Reaction::none, {FateKind::created, FateKind::not_done, FateKind::not_done});
  EXPECT_EQ(send(progress, told, answered(207)).size(), 1U);
  const Step again = progress.next();
  EXPECT_EQ(again.kind, StepKind::send);
  EXPECT_THAT(again.entries, ElementsAre(1, 2));
}

TEST(BatchProgress, ThrottledAndUnsentRequestsAreNoAttempts) {
  const Batch batch = batch_of(1, 1, {"k"});
  BatchProgress progress(batch, create());
  send(progress, verdict(Reaction::throttled, {FateKind::not_done}), answered(429));
  EXPECT_EQ(progress.attempts(0), 0U);
  send(progress, verdict(Reaction::retry, {FateKind::not_done}), Answer(Reach::not_sent, "no way"));
  EXPECT_EQ(progress.attempts(0), 0U);
  send(progress, verdict(Reaction::retry, {FateKind::not_done}), answered(503));
  EXPECT_EQ(progress.attempts(0), 1U);
  const auto outcomes = send(progress, verdict(Reaction::none, {FateKind::created}), answered(201));
  ASSERT_EQ(outcomes.size(), 1U);
  EXPECT_EQ(outcomes[0].outcome.attempts, 2U);
}

TEST(BatchProgress, InDoubtWithAKeyIsLookedUpBeforeAnythingElse) {
  const Batch batch = batch_of(1, 1, keys_of("k", 3));
  BatchProgress progress(batch, create());
  const auto told =
      verdict(Reaction::retry, {FateKind::in_doubt, FateKind::not_done, FateKind::in_doubt});
  EXPECT_THAT(send(progress, told, cut()), IsEmpty());
  const Step step = progress.next();
  EXPECT_EQ(step.kind, StepKind::look_up);
  EXPECT_THAT(step.entries, ElementsAre(0, 2));
  EXPECT_EQ(progress.sent(0)->first, kSent);
  EXPECT_EQ(progress.sent(1), std::nullopt);
}

TEST(BatchProgress, InDoubtWithoutAKeyIsUnknownForGood) {
  const Batch batch = batch_of(1, 1, {""});
  BatchProgress progress(batch, create_without_key());
  const auto outcomes = send(progress, verdict(Reaction::retry, {FateKind::in_doubt}), cut());
  ASSERT_EQ(outcomes.size(), 1U);
  EXPECT_EQ(outcomes[0].outcome.status, OutcomeStatus::unknown);
  EXPECT_THAT(outcomes[0].outcome.refusal->message, testing::HasSubstr("look for it there before"));
  EXPECT_EQ(progress.next().kind, StepKind::finished);
}

TEST(BatchProgress, TheFirstAndTheLastSendingCountWhenOneIsInDoubtTwice) {
  const Batch batch = batch_of(1, 1, {"k"});
  BatchProgress progress(batch, create());
  send(progress, verdict(Reaction::retry, {FateKind::in_doubt}), cut(kSent));
  look_up(progress, {missing()});
  send(progress, verdict(Reaction::retry, {FateKind::in_doubt}), cut(kSent + 1min));
  EXPECT_EQ(progress.sent(0)->first, kSent);
  EXPECT_EQ(progress.sent(0)->last, kSent + 1min);
}

TEST(BatchProgress, WhatAnEarlierProcessSentIsLookedUpFirst) {
  Batch batch{BatchNumber(1)};
  BatchEntry sent = test::entry_of(1, "a", "{}");
  const RecordInDoubt in_doubt{SendTime(kSent), 2};
  sent.in_doubt = &in_doubt;
  batch.add(sent);
  batch.add(test::entry_of(2, "b", "{}"));
  BatchProgress progress(batch, create());
  EXPECT_THAT(progress.initial_outcomes(), IsEmpty());
  const auto outcomes = look_up(progress, {found("7", Origin::this_record)});
  ASSERT_EQ(outcomes.size(), 1U);
  EXPECT_EQ(outcomes[0].outcome.status, OutcomeStatus::created);
  EXPECT_EQ(outcomes[0].outcome.attempts, 2U);
  EXPECT_THAT(progress.next().entries, ElementsAre(1));
}

TEST(BatchProgress, WhatAnEarlierProcessSentWithoutAKeyIsUnknownAtOnce) {
  Batch batch{BatchNumber(1)};
  BatchEntry sent = test::entry_of(1, "", "{}");
  const RecordInDoubt in_doubt{SendTime(kSent), 0};
  sent.in_doubt = &in_doubt;
  batch.add(sent);
  batch.add(test::entry_of(2, "", "{}"));
  BatchProgress progress(batch, create_without_key());
  const auto outcomes = progress.initial_outcomes();
  ASSERT_EQ(outcomes.size(), 1U);
  EXPECT_EQ(outcomes[0].outcome.status, OutcomeStatus::unknown);
  EXPECT_EQ(outcomes[0].outcome.record, RecordNumber(1));
  EXPECT_THAT(progress.next().entries, ElementsAre(1));
}

TEST(BatchProgress, AnUpsertInDoubtIsSentAgainWithoutALookUp) {
  const Batch batch = batch_of(1, 1, keys_of("k", 2));
  BatchProgress progress(batch, upsert());
  send(progress, verdict(Reaction::retry, {FateKind::in_doubt, FateKind::in_doubt}), cut());
  const Step again = progress.next();
  EXPECT_EQ(again.kind, StepKind::send);
  EXPECT_THAT(again.entries, ElementsAre(0, 1));
  EXPECT_EQ(progress.sent(0)->first, kSent);
}

TEST(BatchProgress, AnUpsertThatAnEarlierProcessSentIsSentAgain) {
  Batch batch{BatchNumber(1)};
  BatchEntry sent = test::entry_of(1, "a", "{}");
  const RecordInDoubt in_doubt{SendTime(kSent), 0};
  sent.in_doubt = &in_doubt;
  batch.add(sent);
  BatchProgress progress(batch, upsert());
  EXPECT_THAT(progress.initial_outcomes(), IsEmpty());
  EXPECT_EQ(progress.next().kind, StepKind::send);
}

TEST(BatchProgress, AnUpsertSendsRowsOfOneKeyOneAfterAnother) {
  const Batch batch = batch_of(1, 1, {"a", "b", "a", "c", "a"});
  BatchProgress progress(batch, upsert());
  const Step first = progress.next();
  EXPECT_THAT(first.entries, ElementsAre(0, 1, 3));
  progress.take_verdict(first, all(Reaction::none, FateKind::updated, first), answered(200));
  const Step second = progress.next();
  EXPECT_THAT(second.entries, ElementsAre(2));
  progress.take_verdict(second, all(Reaction::none, FateKind::updated, second), answered(200));
  EXPECT_THAT(progress.next().entries, ElementsAre(4));
}

TEST(BatchProgress, AnEarlierRowOfAKeyIsRetriedBeforeTheLaterOneIsSent) {
  const Batch batch = batch_of(1, 1, {"a", "b", "a"});
  BatchProgress progress(batch, upsert());
  send(progress, verdict(Reaction::retry, {FateKind::in_doubt, FateKind::not_done}), cut());
  EXPECT_THAT(progress.next().entries, ElementsAre(0, 1));
}

/// HubSpot refuses every request whole that holds a bad record, and names nobody.
std::size_t requests_until_settled(const std::set<std::size_t>& bad, std::size_t size) {
  const Batch batch = batch_of(1, 1, keys_of("k", size));
  BatchProgress progress(batch, create());
  std::size_t requests = 0;
  std::size_t settled = 0;
  for (Step step = progress.next(); step.kind == StepKind::send; step = progress.next()) {
    ++requests;
    const bool spoilt = std::any_of(step.entries.begin(), step.entries.end(),
                                    [&](std::size_t entry) { return bad.contains(entry); });
    const bool alone = step.entries.size() == 1;
    const Reaction reaction = spoilt ? Reaction::isolate : Reaction::none;
    const FateKind kind = !spoilt ? FateKind::created
                          : alone ? FateKind::refused
                                  : FateKind::not_done;
    for (const FinalOutcome& final :
         progress.take_verdict(step, all(reaction, kind, step), answered(spoilt ? 400 : 201))) {
      ++settled;
      const bool rejected = final.outcome.status == OutcomeStatus::rejected;
      EXPECT_EQ(rejected, bad.contains(final.entry)) << "entry " << final.entry;
    }
  }
  EXPECT_EQ(settled, size);
  return requests;
}

TEST(BatchProgress, OneBadInAHundredIsFoundInALogarithmOfRequests) {
  for (std::size_t bad = 0; bad < 100; ++bad) EXPECT_LE(requests_until_settled({bad}, 100), 15U);
}

TEST(BatchProgress, AHundredBadCostLessThanTwoRequestsEach) {
  std::set<std::size_t> bad;
  for (std::size_t entry = 0; entry < 100; ++entry) bad.insert(entry);
  EXPECT_LE(requests_until_settled(bad, 100), 199U);
}

TEST(BatchProgress, WhereTheRefusalNamesOneTheOthersAreSentTogether) {
  const Batch batch = batch_of(1, 1, keys_of("k", 4));
  BatchProgress progress(batch, create());
  const auto told = verdict(Reaction::isolate, {FateKind::not_done, FateKind::refused,
                                                FateKind::not_done, FateKind::not_done});
  const auto outcomes = send(progress, told, answered(400));
  ASSERT_EQ(outcomes.size(), 1U);
  EXPECT_EQ(outcomes[0].entry, 1U);
  EXPECT_THAT(progress.next().entries, ElementsAre(0, 2, 3));
}

TEST(BatchProgress, AServerFaultDoesNotSplitABatch) {
  const Batch batch = batch_of(1, 1, keys_of("k", 4));
  BatchProgress progress(batch, create());
  send(progress, verdict(Reaction::retry, std::vector<FateKind>(4, FateKind::not_done)),
       answered(503));
  EXPECT_THAT(progress.next().entries, ElementsAre(0, 1, 2, 3));
}

}  // namespace
}  // namespace payferry
