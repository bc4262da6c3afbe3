#include "loader/run/run_log.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <stdexcept>

#include "loader/run/memory_log.hpp"
#include "loader/run/run_to_end.hpp"
#include "loader/run/sample_batches.hpp"
#include "support/virtual_time.hpp"

namespace payferry {
namespace {

namespace asio = boost::asio;
using test::add_entry;
using test::batch_from;
using test::batch_of;
using test::refused_entry;
using testing::ElementsAre;
using testing::HasSubstr;

class RunLogTest : public testing::Test {
 protected:
  RunLogTest() {
    options_.rejects.header = "row";
    options_.batches_per_checkpoint = 2;
    begin({});
  }

  void begin(const ResumeState& state) {
    run_ = std::make_unique<RunLog>(log_, time_, options_, state);
  }
  void pass(std::chrono::milliseconds duration) { time_.run_until(time_.now() + duration); }
  void send(const Batch& batch, const std::vector<std::size_t>& entries) {
    test::run_to_end(context_, run_->record_send(batch, entries, 1, {}));
  }
  void settle(const Batch& batch, std::size_t entry, OutcomeStatus status,
              const std::string& message = "") {
    Outcome outcome;
    outcome.record = batch.entries().at(entry).number;
    outcome.status = status;
    outcome.refusal->message = message;
    run_->record_outcomes(batch, {FinalOutcome(entry, outcome)});
  }
  void settle_all(const Batch& batch, OutcomeStatus status, const std::string& message = "") {
    for (std::size_t i = 0; i < batch.entries().size(); ++i) settle(batch, i, status, message);
  }
  void close(const Batch& batch) { test::run_to_end(context_, run_->close_batch(batch.number())); }
  /// A batch of one record with this outcome, opened and closed.
  void deliver(std::uint64_t record, OutcomeStatus status = OutcomeStatus::created) {
    const Batch batch = batch_of(record, record, 1);
    run_->open_batch(batch);
    settle_all(batch, status, "no");
    close(batch);
  }
  void finish() { test::run_to_end(context_, run_->finish()); }

  const std::string& outcomes() const { return log_.content(LogFile::outcomes); }
  const std::string& attempts() const { return log_.content(LogFile::attempts); }
  const std::string& rejects() const { return log_.content(LogFile::rejects); }
  const std::string& unknown() const { return log_.content(LogFile::unknown); }

  std::vector<CheckpointLine> checkpoints() const {
    std::vector<CheckpointLine> found;
    const std::string& text = attempts();
    for (std::size_t start = 0; start < text.size(); start = text.find('\n', start) + 1) {
      const std::size_t end = text.find('\n', start);
      const auto line = parse_attempt_line(std::string_view(text).substr(start, end - start));
      if (const auto* checkpoint = std::get_if<CheckpointLine>(&line.value()))
        found.push_back(*checkpoint);
    }
    return found;
  }

  asio::io_context context_;
  test::VirtualTime time_{context_};
  test::MemoryLog log_{context_.get_executor()};
  RunLog::Options options_;
  std::unique_ptr<RunLog> run_;
};

TEST_F(RunLogTest, OpeningABatchWritesOnlyTheOutcomesOfWhatIsRefused) {
  Batch batch = batch_of(1, 1, 1);
  batch.add(refused_entry(2));
  RefusedEntry duplicate = refused_entry(3);
  duplicate.error = {"DUPLICATE_IN_SOURCE", "", "", "record 1 has this key"};
  duplicate.first_record = RecordNumber(1);
  batch.add(duplicate);
  run_->open_batch(batch);
  EXPECT_EQ(outcomes(),
            R"({"record":2,"line":3,"key":"k2","status":"invalid","property":"hs_initial_amount",)"
            R"("column":"Amount","code":"INVALID_DECIMAL","message":"not a number",)"
            R"("at":"2026-05-28T20:26:40.000Z"})"
            "\n"
            R"({"record":3,"line":4,"key":"k3","status":"rejected","code":"DUPLICATE_IN_SOURCE",)"
            R"("message":"record 1 has this key","first_record":1,)"
            R"("at":"2026-05-28T20:26:40.000Z"})"
            "\n");
  EXPECT_EQ(attempts(), "");
  EXPECT_EQ(rejects(), "");
  EXPECT_EQ(run_->tally().records, 3U);
  EXPECT_EQ(run_->tally().invalid, 1U);
  EXPECT_EQ(run_->tally().rejected, 1U);
  EXPECT_EQ(run_->tally().pending(), 1U);
}

TEST_F(RunLogTest, WhatWasSentBeforeItIsRefusedIsUnknown) {
  Batch batch = batch_from(1, 1);
  RefusedEntry sent = refused_entry(1);
  sent.attempts = 2;
  batch.add(sent);
  run_->open_batch(batch);
  close(batch);
  finish();
  EXPECT_THAT(outcomes(), HasSubstr(R"("status":"unknown")"));
  EXPECT_THAT(outcomes(), HasSubstr(R"("code":"INVALID_DECIMAL")"));
  EXPECT_THAT(outcomes(), HasSubstr(R"("attempts":2)"));
  EXPECT_EQ(run_->tally().unknown, 1U);
  EXPECT_EQ(run_->tally().invalid, 0U);
  EXPECT_EQ(rejects(), "");
  EXPECT_THAT(unknown(), HasSubstr("row1"));
}

TEST_F(RunLogTest, ASendIsDurableWhenItReturnsAndNamesItsRecordsAsRanges) {
  const Batch batch = batch_of(1, 11, 6);
  run_->open_batch(batch);
  send(batch, {0, 1, 3, 5});
  EXPECT_EQ(attempts(),
            R"({"event":"send","batch":1,"attempt":1,"records":[[11,12],[14,14],[16,16]],)"
            R"("at":"2026-05-28T20:26:40.000Z"})"
            "\n");
  EXPECT_EQ(log_.durable(LogFile::attempts), attempts());
}

TEST_F(RunLogTest, ASendThatCannotBeMadeDurableDoesNotReturn) {
  const Batch batch = batch_of(1, 1, 1);
  run_->open_batch(batch);
  log_.fail();
  EXPECT_THROW(send(batch, {0}), DiskFailure);
}

TEST_F(RunLogTest, AnAnswerIsNotedWithoutWaitingForTheDisk) {
  const Batch batch = batch_of(1, 1, 1);
  run_->open_batch(batch);
  pass(std::chrono::milliseconds(250));
  Answer answer;
  answer.status = 429;
  answer.correlation_id = "0190-aa";
  run_->record_answer(batch, 2, answer, true);
  run_->record_answer(batch, 3, Answer(Reach::sent_unanswered, "closed", FailureKind::closed),
                      false);
  EXPECT_EQ(attempts(),
            R"({"event":"answer","batch":1,"attempt":2,"http":429,"correlation_id":"0190-aa",)"
            R"("none_written":true,"at":"2026-05-28T20:26:40.250Z"})"
            "\n"
            R"({"event":"answer","batch":1,"attempt":3,"failure":"closed",)"
            R"("at":"2026-05-28T20:26:40.250Z"})"
            "\n");
  EXPECT_EQ(log_.durable(LogFile::attempts), "");
}

TEST_F(RunLogTest, AnOutcomeIsWrittenWithTheTimeOfNow) {
  const Batch batch = batch_of(1, 1, 1);
  run_->open_batch(batch);
  pass(std::chrono::milliseconds(1500));
  Outcome outcome;
  outcome.record = RecordNumber(1);
  outcome.status = OutcomeStatus::created;
  outcome.id = "77";
  outcome.attempts = 1;
  outcome.http = 201;
  outcome.at = Instant(std::chrono::milliseconds(5));
  run_->record_outcomes(batch, {FinalOutcome(0, outcome)});
  EXPECT_EQ(outcomes(), R"({"record":1,"line":2,"key":"k1","status":"created","id":"77",)"
                        R"("attempts":1,"http":201,"at":"2026-05-28T20:26:41.500Z"})"
                        "\n");
  EXPECT_EQ(run_->tally().created, 1U);
  EXPECT_TRUE(run_->tally().totals.balanced());
}

TEST_F(RunLogTest, WithSeveralInputsOutcomesNameTheirFile) {
  options_.file_names = {"may.csv", "june.csv"};
  begin({});
  Batch batch = batch_from(1, 1);
  RefusedEntry entry = refused_entry(1);
  entry.position.input = InputIndex(1);
  batch.add(entry);
  run_->open_batch(batch);
  EXPECT_THAT(outcomes(), HasSubstr(R"("line":2,"file":"june.csv","key":"k1")"));
}

TEST_F(RunLogTest, ABatchCannotBeClosedWhileAnOutcomeIsMissing) {
  const Batch batch = batch_of(4, 1, 3);
  run_->open_batch(batch);
  settle(batch, 1, OutcomeStatus::created);
  try {
    close(batch);
    FAIL() << "the batch was closed";
  } catch (const std::logic_error& error) {
    EXPECT_STREQ(error.what(), "batch 4 was closed with 2 records that have no outcome");
  }
  EXPECT_EQ(run_->records_open(), 3U);
  settle(batch, 0, OutcomeStatus::created);
  settle(batch, 2, OutcomeStatus::created);
  close(batch);
  EXPECT_EQ(run_->records_open(), 0U);
}

TEST_F(RunLogTest, ABatchIsClosedOnceItsOutcomesAreDurable) {
  const Batch batch = batch_of(1, 1, 2);
  run_->open_batch(batch);
  settle_all(batch, OutcomeStatus::created);
  log_.hold();
  bool closed = false;
  asio::co_spawn(context_, run_->close_batch(batch.number()),
                 [&](std::exception_ptr) { closed = true; });
  context_.poll();
  EXPECT_FALSE(closed);
  EXPECT_EQ(run_->records_open(), 2U);
  log_.release();
  context_.restart();
  context_.poll();
  EXPECT_TRUE(closed);
  EXPECT_EQ(run_->records_open(), 0U);
  EXPECT_EQ(log_.durable(LogFile::outcomes), outcomes());
}

TEST_F(RunLogTest, ABatchWhoseOutcomesCannotBeMadeDurableStaysOpen) {
  const Batch batch = batch_of(1, 1, 2);
  run_->open_batch(batch);
  settle_all(batch, OutcomeStatus::created);
  log_.fail();
  EXPECT_THROW(close(batch), DiskFailure);
  EXPECT_EQ(run_->records_open(), 2U);
}

TEST_F(RunLogTest, RejectsAreWrittenInTheOrderOfTheSource) {
  std::vector<Batch> batches;
  for (std::uint64_t i = 1; i <= 4; ++i) {
    batches.push_back(batch_of(i, i, 1));
    run_->open_batch(batches.back());
  }
  settle_all(batches[2], OutcomeStatus::rejected, "third");
  close(batches[2]);
  settle_all(batches[1], OutcomeStatus::rejected, "second");
  close(batches[1]);
  EXPECT_EQ(rejects(), "");
  settle_all(batches[0], OutcomeStatus::rejected, "first");
  close(batches[0]);
  EXPECT_EQ(rejects(),
            "row,payferry_error\r\nrow1,\"first\"\r\nrow2,\"second\"\r\nrow3,\"third\"\r\n");
}

TEST_F(RunLogTest, TheLastBatchsRejectsWaitForAFollowingBatchOrTheEnd) {
  deliver(1, OutcomeStatus::rejected);
  EXPECT_EQ(rejects(), "");
  deliver(2, OutcomeStatus::rejected);
  EXPECT_EQ(rejects(), "row,payferry_error\r\nrow1,\"no\"\r\n");
  finish();
  EXPECT_EQ(rejects(), "row,payferry_error\r\nrow1,\"no\"\r\nrow2,\"no\"\r\n");
  EXPECT_EQ(log_.durable(LogFile::rejects), rejects());
}

TEST_F(RunLogTest, FinishingWritesTheRejectsOfBatchesThatAreStillOpen) {
  Batch batch = batch_of(1, 1, 1);
  batch.add(refused_entry(2));
  run_->open_batch(batch);
  finish();
  EXPECT_EQ(rejects(), "row,payferry_error\r\nrow2,\"not a number\"\r\n");
  EXPECT_EQ(log_.durable(LogFile::outcomes), outcomes());
}

TEST_F(RunLogTest, RecordsOfUnknownFateHaveAFileOfTheirOwn) {
  const Batch batch = batch_of(1, 1, 2);
  run_->open_batch(batch);
  settle(batch, 0, OutcomeStatus::unknown, "no answer");
  settle(batch, 1, OutcomeStatus::rejected, "refused");
  close(batch);
  finish();
  EXPECT_EQ(unknown(), "row,payferry_error\r\nrow1,\"no answer\"\r\n");
  EXPECT_EQ(rejects(), "row,payferry_error\r\nrow2,\"refused\"\r\n");
}

TEST_F(RunLogTest, WhatIsLoadedIsNoReject) {
  for (const OutcomeStatus status :
       {OutcomeStatus::created, OutcomeStatus::updated, OutcomeStatus::existing})
    deliver(static_cast<std::uint64_t>(status) + 1, status);
  finish();
  EXPECT_EQ(rejects(), "");
  EXPECT_EQ(unknown(), "");
}

TEST_F(RunLogTest, ACheckpointComesWithEverySoManyFoldedBatches) {
  std::vector<std::size_t> written;
  for (std::uint64_t record = 1; record <= 7; ++record) {
    deliver(record);
    written.push_back(checkpoints().size());
  }
  // The last one that was opened is never folded.
  EXPECT_THAT(written, ElementsAre(0U, 0U, 1U, 1U, 2U, 2U, 3U));
}

TEST_F(RunLogTest, ManyBatchesFoldedAtOnceMakeOneCheckpoint) {
  std::vector<Batch> batches;
  for (std::uint64_t i = 1; i <= 6; ++i) {
    batches.push_back(batch_of(i, i, 1));
    run_->open_batch(batches.back());
    settle_all(batches.back(), OutcomeStatus::created);
  }
  for (std::size_t i = 4; i > 0; --i) close(batches[i]);
  EXPECT_EQ(checkpoints().size(), 0U);
  close(batches[0]);
  ASSERT_EQ(checkpoints().size(), 1U);
  EXPECT_EQ(checkpoints()[0].next, RecordNumber(6));
}

TEST_F(RunLogTest, ACheckpointSaysWhereTheFirstUnfoldedBatchStartsAndWhatStandsBeforeIt) {
  deliver(1, OutcomeStatus::rejected);
  deliver(2, OutcomeStatus::unknown);
  const std::uint64_t outcomes_before = outcomes().size();
  const std::uint64_t attempts_before = attempts().size();
  run_->counters().requests = 5;
  pass(std::chrono::milliseconds(40));
  const Batch third = batch_of(3, 3, 1);
  run_->open_batch(third);
  send(third, {0});
  settle_all(third, OutcomeStatus::created);
  close(third);
  ASSERT_EQ(checkpoints().size(), 1U);
  const CheckpointLine line = checkpoints()[0];
  EXPECT_EQ(line.next, RecordNumber(3));
  EXPECT_EQ(line.position, test::position_of(3));
  EXPECT_THAT(line.bytes,
              ElementsAre(rejects().size(), unknown().size(), outcomes_before, attempts_before));
  EXPECT_GT(rejects().size(), 0U);
  EXPECT_GT(unknown().size(), 0U);
  EXPECT_EQ(line.tally.records, 2U);
  EXPECT_EQ(line.tally.rejected, 1U);
  EXPECT_EQ(line.tally.unknown, 1U);
  EXPECT_EQ(line.tally.created, 0U);
  EXPECT_EQ(line.counters.requests, 5U);
  EXPECT_EQ(line.counters.busy, std::chrono::milliseconds(40));
  EXPECT_EQ(line.at, time_.wall_now());
}

TEST_F(RunLogTest, ACheckpointTellsWhatBrokeBeforeIt) {
  for (const std::uint64_t record : {1, 2, 3, 4, 5, 6, 7, 8, 9}) {
    Batch batch = batch_of(record, record, 1);
    if (record >= 6) batch.set_input_broken("record 5 broke");
    if (record >= 8) batch.set_input_broken("record 5 broke. record 7 broke");
    run_->open_batch(batch);
    settle_all(batch, OutcomeStatus::created);
    close(batch);
  }
  std::vector<std::string> told;
  for (const CheckpointLine& line : checkpoints()) told.push_back(line.input_broken);
  EXPECT_THAT(told, ElementsAre("", "", "record 5 broke", "record 5 broke. record 7 broke"));
  EXPECT_EQ(checkpoints()[2].next, RecordNumber(7));
}

TEST_F(RunLogTest, ACheckpointTellsWhenARequestWasLastSentAndCut) {
  Answer cut(Reach::sent_unanswered, "closed", FailureKind::closed);
  cut.sent_at = time_.continuous_now();
  const Instant sent_at = time_.wall_now();
  pass(std::chrono::seconds(5));
  for (const std::uint64_t record : {1, 2, 3}) {
    const Batch batch = batch_of(record, record, 1);
    run_->open_batch(batch);
    run_->record_answer(batch, 1, record == 1 ? cut : Answer(Reach::not_sent, "refused"), false);
    settle_all(batch, OutcomeStatus::created);
    close(batch);
  }
  ASSERT_EQ(checkpoints().size(), 1U);
  EXPECT_EQ(checkpoints()[0].last_cut_send, sent_at);
}

TEST_F(RunLogTest, ACheckpointNeverSkipsOutcomesThatCameOutOfOrder) {
  std::vector<Batch> batches;
  for (std::uint64_t i = 1; i <= 4; ++i) {
    batches.push_back(batch_of(i, i, 1));
    run_->open_batch(batches.back());
  }
  settle_all(batches[3], OutcomeStatus::created);  // written before the others
  for (const std::size_t i : {0U, 1U, 2U}) {
    settle_all(batches[i], OutcomeStatus::created);
    close(batches[i]);
  }
  ASSERT_FALSE(checkpoints().empty());
  const CheckpointLine line = checkpoints().back();
  EXPECT_LE(line.bytes[static_cast<std::size_t>(LogFile::outcomes)],
            outcomes().find("{\"record\":" + std::to_string(line.next.value())));
}

TEST_F(RunLogTest, BytesOpenAreThoseOfBatchesWithoutOutcomesAndOfRejectsUntilTheyAreDurable) {
  const Batch first = batch_of(1, 1, 2);
  const Batch second = batch_of(2, 3, 1);
  const Batch third = batch_of(3, 4, 1);
  for (const Batch* batch : {&first, &second, &third}) run_->open_batch(*batch);
  const std::uint64_t batch_bytes = first.bytes() + second.bytes() + third.bytes();
  EXPECT_EQ(run_->bytes_open(), batch_bytes);

  settle_all(second, OutcomeStatus::rejected, "no");
  close(second);
  const std::string row = "row3,\"no\"\r\n";
  EXPECT_EQ(run_->bytes_open(), first.bytes() + third.bytes() + row.size());

  settle_all(first, OutcomeStatus::created);
  close(first);
  EXPECT_EQ(run_->bytes_open(), third.bytes() + log_.size(LogFile::rejects));
  settle_all(third, OutcomeStatus::created);
  close(third);
  EXPECT_EQ(run_->bytes_open(), 0U);
}

TEST_F(RunLogTest, RecordsOpenSpanFromTheFirstWithoutItsOutcomeToTheLastRead) {
  EXPECT_EQ(run_->records_open(), 0U);
  const Batch first = batch_of(1, 1, 10);
  const Batch second = batch_of(2, 11, 10);
  const Batch third = batch_of(3, 21, 5);
  for (const Batch* batch : {&first, &second, &third}) run_->open_batch(*batch);
  EXPECT_EQ(run_->records_open(), 25U);
  settle_all(second, OutcomeStatus::created);
  close(second);
  EXPECT_EQ(run_->records_open(), 25U);
  settle_all(first, OutcomeStatus::created);
  close(first);
  EXPECT_EQ(run_->records_open(), 5U);
  settle_all(third, OutcomeStatus::created);
  close(third);
  EXPECT_EQ(run_->records_open(), 0U);
}

TEST_F(RunLogTest, CreatorsAreSearchedInTheLog) {
  const auto creators = test::run_sync(context_, run_->find_creators({"5"}));
  EXPECT_THAT(creators, ElementsAre(RecordNumber(7)));
  EXPECT_THAT(log_.searched(), ElementsAre("5"));
}

class ResumedRunLogTest : public RunLogTest {
 protected:
  /// Records 1 to 100 stand before the checkpoint, of which record 50 was rejected; 101 and 103
  /// have outcomes, 102 is in doubt.
  static ResumeState state() {
    ResumeState state;
    state.start.next = RecordNumber(101);
    state.start.bytes = {30, 20, 10, 40};
    state.start.tally.records = 100;
    state.start.tally.created = 99;
    state.start.tally.rejected = 1;
    state.counters = {7, 6, 5, 4, std::chrono::milliseconds(1000)};
    state.settled[RecordNumber(101)] = {OutcomeStatus::created, "", std::nullopt};
    state.settled[RecordNumber(103)] = {OutcomeStatus::rejected, "no", std::nullopt};
    state.in_doubt[RecordNumber(102)] = {};
    return state;
  }
  static SettledEntry settled_entry(std::uint64_t record, OutcomeStatus status) {
    SettledEntry entry;
    entry.number = RecordNumber(record);
    entry.amount = Decimal(150, 2);
    entry.currency = Currency::parse("GBP").value();
    entry.status = status;
    entry.raw = "row" + std::to_string(record);
    entry.message = "no";
    return entry;
  }
  static Batch first_batch() {
    Batch batch = batch_from(9, 101);
    add_entry(batch, 102);
    batch.add(settled_entry(101, OutcomeStatus::created));
    batch.add(settled_entry(103, OutcomeStatus::rejected));
    return batch;
  }

  void SetUp() override {
    log_.buffer(LogFile::rejects) = std::string(30, 'r');
    log_.buffer(LogFile::outcomes) = std::string(500, 'o');
    begin(state());
  }
};

TEST_F(ResumedRunLogTest, StartsFromTheBooksOfTheCheckpoint) {
  EXPECT_EQ(run_->tally().records, 100U);
  EXPECT_EQ(run_->tally().created, 99U);
  EXPECT_EQ(run_->counters().requests, 7U);
  pass(std::chrono::milliseconds(250));
  EXPECT_EQ(run_->counters_now().busy, std::chrono::milliseconds(1250));
  EXPECT_EQ(run_->counters_now().throttled, 5U);
}

TEST_F(ResumedRunLogTest, WhatItCountsIsNotedWhereItBeginsAndWhereItLeaves) {
  run_->counters().requests += 2;
  run_->note_counters();
  pass(std::chrono::milliseconds(250));
  ++run_->counters().requests;
  finish();
  EXPECT_EQ(attempts(),
            R"({"event":"counters","counters":{"requests":9,"retries":6,"throttled":5,)"
            R"("reconciled":4,"busy_ms":1000},"at":"2026-05-28T20:26:40.000Z"})"
            "\n"
            R"({"event":"counters","counters":{"requests":10,"retries":6,"throttled":5,)"
            R"("reconciled":4,"busy_ms":1250},"at":"2026-05-28T20:26:40.250Z"})"
            "\n");
  EXPECT_EQ(log_.durable(LogFile::attempts), attempts());
}

TEST_F(ResumedRunLogTest, WhatIsSettledIsCountedAndNotLoggedAgain) {
  const Batch batch = first_batch();
  run_->open_batch(batch);
  EXPECT_EQ(outcomes().size(), 500U);
  EXPECT_EQ(run_->tally().records, 103U);
  EXPECT_EQ(run_->tally().created, 100U);
  EXPECT_EQ(run_->tally().rejected, 2U);
  EXPECT_EQ(run_->tally().pending(), 1U);
  settle_all(batch, OutcomeStatus::created);
  close(batch);
  EXPECT_EQ(run_->tally().totals.by_currency().begin()->second.loaded.sum, Decimal(300, 2));
  EXPECT_EQ(run_->settled_here().created, 1U);
  EXPECT_EQ(run_->settled_here().settled(), 1U) << "the others are another process's";
  EXPECT_EQ(run_->settled_here().records, 0U);
}

TEST_F(ResumedRunLogTest, WhatItRefusesItselfIsSettledByThisProcess) {
  Batch batch = first_batch();
  batch.add(refused_entry(104));
  run_->open_batch(batch);
  EXPECT_EQ(run_->settled_here().invalid, 1U);
  EXPECT_EQ(run_->settled_here().settled(), 1U);
}

TEST_F(ResumedRunLogTest, WhatLacksAnAssociationIsCountedBeforeAndAfter) {
  Batch batch = batch_from(9, 101);
  add_entry(batch, 102);
  SettledEntry lacking = settled_entry(101, OutcomeStatus::created);
  lacking.lacks_association = true;
  batch.add(lacking);
  run_->open_batch(batch);
  EXPECT_EQ(run_->tally().lacking_association, 1U);
  Outcome outcome;
  outcome.record = RecordNumber(102);
  outcome.status = OutcomeStatus::updated;
  outcome.refusal->code = "ASSOCIATION_REFUSED";
  run_->record_outcomes(batch, {FinalOutcome(0, outcome)});
  EXPECT_EQ(run_->tally().lacking_association, 2U);
  EXPECT_EQ(rejects(), std::string(30, 'r')) << "it is loaded";
}

TEST_F(ResumedRunLogTest, RejectsOfWhatIsSettledAreWrittenAgainBehindWhatIsThere) {
  const Batch batch = first_batch();
  run_->open_batch(batch);
  settle_all(batch, OutcomeStatus::created);
  close(batch);
  finish();
  EXPECT_EQ(rejects(), std::string(30, 'r') + "row103,\"no\"\r\n");
}

TEST_F(ResumedRunLogTest, ACheckpointReachesBackToLinesOfEarlierProcessesWhileTheyCount) {
  options_.batches_per_checkpoint = 1;
  begin(state());
  const Batch before = batch_of(9, 101, 2);
  run_->open_batch(before);
  settle_all(before, OutcomeStatus::created);
  close(before);
  deliver(103);  // the last record that an earlier process knew
  const std::uint64_t behind_103 = outcomes().size();
  deliver(104);
  const auto written = checkpoints();
  ASSERT_EQ(written.size(), 2U);
  const auto outcomes_file = static_cast<std::size_t>(LogFile::outcomes);
  const auto attempts_file = static_cast<std::size_t>(LogFile::attempts);
  EXPECT_EQ(written[0].next, RecordNumber(103));
  EXPECT_EQ(written[0].bytes[outcomes_file], 10U);
  EXPECT_EQ(written[0].bytes[attempts_file], 40U);
  EXPECT_EQ(written[1].next, RecordNumber(104));
  EXPECT_EQ(written[1].bytes[outcomes_file], behind_103);
  EXPECT_GT(written[1].bytes[attempts_file], 40U);
}

}  // namespace
}  // namespace payferry
