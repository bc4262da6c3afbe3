#include "loader/delivery/batch_progress.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "loader/delivery/batches.hpp"

namespace payferry {
namespace {

using namespace std::chrono_literals;
using test::batch_of;
using test::keys_of;
using testing::ElementsAre;
using testing::IsEmpty;
using Step = BatchProgress::Step;
using StepKind = BatchProgress::StepKind;

constexpr Instant kSent{1'780'000'000'000ms};

BatchProgress::Options create() {
  BatchProgress::Options options;
  options.id_property = test::kKeyProperty;
  return options;
}
BatchProgress::Options create_without_key() {
  BatchProgress::Options options;
  options.has_key = false;
  return options;
}
BatchProgress::Options upsert() {
  BatchProgress::Options options = create();
  options.write = WriteMode::upsert;
  return options;
}

Answer answered(int status) {
  Answer answer;
  answer.reach = Reach::answered;
  answer.status = status;
  answer.sent_at = kSent;
  return answer;
}

Answer cut(Instant sent_at = kSent) {
  Answer answer(Reach::sent_unanswered, "reset");
  answer.sent_at = sent_at;
  return answer;
}

Verdict verdict(Reaction reaction, std::vector<FateKind> kinds) {
  Verdict verdict;
  verdict.reaction = reaction;
  for (const FateKind kind : kinds) {
    Fate fate;
    fate.kind = kind;
    verdict.fates.push_back(fate);
  }
  return verdict;
}

Verdict all(Reaction reaction, FateKind kind, const Step& step) {
  return verdict(reaction, std::vector<FateKind>(step.entries.size(), kind));
}

Verdict held_by(std::string id) {
  Verdict held = verdict(Reaction::none, {FateKind::held});
  held.fates.front().id = std::move(id);
  held.fates.front().refusal->category = "VALIDATION_ERROR";
  held.fates.front().refusal->correlation_id = "c-1";
  return held;
}

LookUpResult missing() {
  LookUpResult result;
  result.kind = LookUpResult::Kind::missing;
  return result;
}

LookUpResult found(std::string id, Origin origin) {
  LookUpResult result;
  result.kind = LookUpResult::Kind::found;
  result.record.id = std::move(id);
  result.origin = origin;
  return result;
}

std::vector<FinalOutcome> look_up(BatchProgress& progress,
                                  const std::vector<LookUpResult>& results) {
  const Step step = progress.next();
  EXPECT_TRUE(step.kind == StepKind::look_up || step.kind == StepKind::look_up_holder);
  EXPECT_EQ(step.entries.size(), results.size());
  return progress.take_look_up(step, results, 207);
}

std::vector<FinalOutcome> send(BatchProgress& progress, Verdict verdict, const Answer& answer) {
  const Step step = progress.next();
  EXPECT_EQ(step.kind, StepKind::send);
  EXPECT_EQ(step.entries.size(), verdict.fates.size());
  return progress.take_verdict(step, std::move(verdict), answer);
}

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

TEST(BatchProgress, WhatALookUpFindsIsSettledByItsOrigin) {
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

TEST(BatchProgress, WhatALookUpMissesIsSentAgain) {
  const Batch batch = batch_of(1, 1, keys_of("k", 2));
  BatchProgress progress(batch, create());
  send(progress, verdict(Reaction::retry, std::vector<FateKind>(2, FateKind::in_doubt)), cut());
  EXPECT_EQ(look_up(progress, {found("7", Origin::this_record), missing()}).size(), 1U);
  const Step again = progress.next();
  EXPECT_EQ(again.kind, StepKind::send);
  EXPECT_THAT(again.entries, ElementsAre(1));
}

/// Nothing is rejected for a fault of the server's (interface.md §3).
TEST(BatchProgress, ARecordThatHubSpotFailsToWriteEachTimeEndsTheRun) {
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

TEST(BatchProgress, WhereNothingIsToldOfAnyRecordTheRunIsToStop) {
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

TEST(BatchProgress, ThrottlingAndSplittingAreNoVainSends) {
  const Batch batch = batch_of(1, 1, keys_of("k", 4));
  BatchProgress progress(batch, create());
  const Step step = progress.next();
  progress.take_verdict(step, all(Reaction::throttled, FateKind::not_done, step), answered(429));
  const Step again = progress.next();
  EXPECT_EQ(progress.vain_sends(again), 0U);
  progress.take_verdict(again, all(Reaction::isolate, FateKind::not_done, again), answered(400));
  EXPECT_EQ(progress.vain_sends(progress.next()), 0U);
}

TEST(BatchProgress, WhatALookUpDoesNotTellIsAskedAgain) {
  const Batch batch = batch_of(1, 1, keys_of("k", 2));
  BatchProgress progress(batch, create());
  send(progress, verdict(Reaction::retry, std::vector<FateKind>(2, FateKind::in_doubt)), cut());
  look_up(progress, {LookUpResult(), found("7", Origin::this_record)});
  const Step again = progress.next();
  EXPECT_EQ(again.kind, StepKind::look_up);
  EXPECT_THAT(again.entries, ElementsAre(0));
}

TEST(BatchProgress, AHeldKeyThatIsFoundIsSettledByItsOrigin) {
  const Batch batch = batch_of(1, 1, {"k"});
  BatchProgress progress(batch, create());
  send(progress, held_by("99"), answered(207));
  const auto outcomes = look_up(progress, {found("99", Origin::before)});
  ASSERT_EQ(outcomes.size(), 1U);
  EXPECT_EQ(outcomes[0].outcome.status, OutcomeStatus::existing);
}

/// Which by its id shows whether it is out of sight or archived.
TEST(BatchProgress, AHeldKeyThatIsMissingThriceIsAskedForByItsHoldersId) {
  const Batch batch = batch_of(1, 1, {"k"});
  BatchProgress progress(batch, create());
  send(progress, held_by("99"), answered(207));
  for (int vain = 0; vain < 3; ++vain) EXPECT_THAT(look_up(progress, {missing()}), IsEmpty());
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
TEST(BatchProgress, AHolderThatIsFoundByItsIdAloneIsSettledByItsOrigin) {
  const Batch batch = batch_of(1, 1, {"k"});
  BatchProgress progress(batch, create());
  send(progress, held_by("99"), answered(207));
  for (int vain = 0; vain < 3; ++vain) look_up(progress, {missing()});
  const auto outcomes = look_up(progress, {found("99", Origin::this_record)});
  ASSERT_EQ(outcomes.size(), 1U);
  EXPECT_EQ(outcomes[0].outcome.status, OutcomeStatus::created);
}

TEST(BatchProgress, AHolderThatIsNotThereLeavesTheRecordOutOfHubSpot) {
  const Batch batch = batch_of(1, 1, {"k"});
  BatchProgress progress(batch, create());
  send(progress, held_by("99"), answered(207));
  for (int vain = 0; vain < 3; ++vain) look_up(progress, {missing()});
  const auto outcomes = look_up(progress, {missing()});
  ASSERT_EQ(outcomes.size(), 1U);
  EXPECT_EQ(outcomes[0].outcome.status, OutcomeStatus::rejected);
  EXPECT_EQ(outcomes[0].outcome.refusal->code, "HELD_BY_ARCHIVED");
  EXPECT_EQ(progress.next().kind, StepKind::finished);
}

TEST(BatchProgress, AHeldKeyWhoseHolderNobodyNamesAndNobodyFindsIsRejected) {
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

TEST(BatchProgress, AHolderThatAnAnswerDoesNotTellOfIsAskedForAgain) {
  const Batch batch = batch_of(1, 1, {"k"});
  BatchProgress progress(batch, create());
  send(progress, held_by("99"), answered(207));
  for (int vain = 0; vain < 3; ++vain) look_up(progress, {missing()});
  EXPECT_THAT(look_up(progress, {LookUpResult()}), IsEmpty());
  Step step = progress.next();
  EXPECT_EQ(step.kind, StepKind::look_up_holder);
  progress.put_back(std::move(step));
  EXPECT_EQ(progress.next().kind, StepKind::look_up_holder);
}

TEST(BatchProgress, AValueOfAnotherUniquePropertyIsARefusalOfThisRecord) {
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

TEST(BatchProgress, AHeldValueOfTheKeysOwnPropertyIsLookedUp) {
  const Batch batch = batch_of(1, 1, {"k"});
  BatchProgress progress(batch, create());
  Verdict held = held_by("99");
  held.fates.front().refusal->property = test::kKeyProperty;
  EXPECT_THAT(send(progress, held, answered(207)), IsEmpty());
  EXPECT_EQ(progress.next().kind, StepKind::look_up);
}

TEST(BatchProgress, WithoutAKeyOnlyANamedHolderCanBeAskedFor) {
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

TEST(BatchProgress, AnAnswerThatDoesNotTellIsNoVainLookUp) {
  const Batch batch = batch_of(1, 1, {"k"});
  BatchProgress progress(batch, create());
  send(progress, held_by("99"), answered(207));
  for (int asked = 0; asked < 10; ++asked)
    EXPECT_THAT(look_up(progress, {LookUpResult()}), IsEmpty());
}

TEST(BatchProgress, OnExistingRejectMakesItARejectThatSaysSo) {
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

TEST(BatchProgress, OnExistingRejectKeepsWhatThisRunCreated) {
  BatchProgress::Options options = create();
  options.reject_existing = true;
  const Batch batch = batch_of(1, 1, {"k"});
  BatchProgress progress(batch, options);
  send(progress, verdict(Reaction::retry, {FateKind::in_doubt}), cut());
  const auto outcomes = look_up(progress, {found("7", Origin::this_record)});
  ASSERT_EQ(outcomes.size(), 1U);
  EXPECT_EQ(outcomes[0].outcome.status, OutcomeStatus::created);
}

TEST(BatchProgress, AskingInHalvesAsksForEveryRecordInSmallerPieces) {
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

TEST(BatchProgress, AStepThatIsPutBackComesAgain) {
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

TEST(BatchProgress, WhatMustNotBeSentIsRejectedAndItsNeighboursAreSent) {
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

TEST(BatchProgress, ABatchOfWhichNothingMayBeSentIsFinished) {
  const Batch batch = batch_of(1, 1, keys_of("k", 1));
  BatchProgress progress(batch, create());
  progress.must_not_be_sent(0, not_found());
  EXPECT_EQ(progress.initial_outcomes().size(), 1U);
  EXPECT_EQ(progress.next().kind, StepKind::finished);
}

/// Rejecting it unseen would be a lie where an earlier process made it.
TEST(BatchProgress, WhatMustNotBeSentButWasIsLookedUpFirst) {
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

TEST(BatchProgress, AnUpsertThatWasSentBeforeIsSentAgainAndSaysWhatItLacks) {
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

TEST(BatchProgress, WhatLacksAnAssociationSaysSoWhenThisRunMadeIt) {
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
