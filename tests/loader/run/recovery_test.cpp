#include "loader/run/recovery.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <map>
#include <set>

#include "loader/run/disk_failure.hpp"
#include "loader/run/memory_files.hpp"
#include "loader/run/memory_log.hpp"
#include "loader/run/outcome_line.hpp"
#include "loader/run/run_log.hpp"
#include "loader/run/run_to_end.hpp"
#include "loader/run/sample_batches.hpp"
#include "support/virtual_time.hpp"

namespace payferry {
namespace {

using test::FileContents;
using test::MemoryFiles;
using testing::AllOf;
using testing::HasSubstr;

constexpr Instant kAt{std::chrono::milliseconds(1'780'000'000'000)};

std::size_t index(LogFile file) {
  return static_cast<std::size_t>(file);
}

template <class Map>
std::set<std::uint64_t> records_of(const Map& map) {
  std::set<std::uint64_t> records;
  for (const auto& [record, ignored] : map) records.insert(record.value());
  return records;
}

std::string failure_of(MemoryFiles& files) {
  try {
    recover(files);
  } catch (const DiskFailure& failure) {
    return failure.what();
  }
  return "";
}

/// The files of a run, written line by line.
class RecoveryTest : public testing::Test {
 protected:
  void send(std::uint64_t batch, std::uint64_t first, std::uint64_t last, Instant at = kAt) {
    SendLine line;
    line.batch = BatchNumber(batch);
    line.attempt = 1;
    line.records = {{RecordNumber(first), RecordNumber(last)}};
    line.at = at;
    append_line(attempts(), line);
  }
  void answer(std::uint64_t batch, bool none_written) {
    AnswerLine line;
    line.batch = BatchNumber(batch);
    line.attempt = 1;
    line.http = none_written ? 429 : 207;
    line.none_written = none_written;
    append_line(attempts(), line);
  }
  void cut(std::uint64_t batch) {
    AnswerLine line;
    line.batch = BatchNumber(batch);
    line.attempt = 1;
    line.failure = "closed";
    append_line(attempts(), line);
  }
  void settle(std::uint64_t record, OutcomeStatus status = OutcomeStatus::created,
              const std::string& message = "") {
    Outcome outcome;
    outcome.record = RecordNumber(record);
    outcome.status = status;
    outcome.refusal->message = message;
    append_outcome_line(contents_[index(LogFile::outcomes)], outcome, {LineNumber(1), "", ""});
  }
  /// Says that all files belong to the records before `next`, as they stand now.
  void checkpoint(std::uint64_t next) {
    CheckpointLine line;
    line.next = RecordNumber(next);
    line.position = test::position_of(next);
    for (std::size_t file = 0; file < kLogFileCount; ++file)
      line.bytes[file] = contents_[file].size();
    line.tally.records = next - 1;
    line.tally.created = next - 1;
    append_line(attempts(), line);
  }
  ResumeState recovered() {
    MemoryFiles files(contents_);
    ResumeState state = recover(files);
    for (const LogFile file :
         {LogFile::rejects, LogFile::unknown, LogFile::outcomes, LogFile::attempts})
      contents_[index(file)] = files.at(file);
    return state;
  }
  std::string failure() const {
    MemoryFiles files(contents_);
    return failure_of(files);
  }
  std::string& attempts() { return contents_[index(LogFile::attempts)]; }
  std::string& outcomes() { return contents_[index(LogFile::outcomes)]; }

  FileContents contents_;
};

TEST_F(RecoveryTest, WithoutFilesTheRunIsFresh) {
  const ResumeState state = recovered();
  EXPECT_TRUE(state.is_fresh());
  EXPECT_EQ(state.start.next, RecordNumber(1));
  EXPECT_EQ(state.last_batch, BatchNumber());
  EXPECT_EQ(state.last_known(), RecordNumber());
}

TEST_F(RecoveryTest, WhatWasSentWithoutAnOutcomeIsInDoubt) {
  send(1, 1, 3);
  settle(2);
  const ResumeState state = recovered();
  EXPECT_FALSE(state.is_fresh());
  EXPECT_EQ(state.last_known(), RecordNumber(3));
  EXPECT_EQ(records_of(state.settled), std::set<std::uint64_t>({2}));
  EXPECT_EQ(records_of(state.in_doubt), std::set<std::uint64_t>({1, 3}));
  EXPECT_EQ(state.last_batch, BatchNumber(1));
}

TEST_F(RecoveryTest, AnAnswerWithoutOutcomesLeavesItsRecordsInDoubt) {
  send(1, 1, 2);
  answer(1, false);
  EXPECT_EQ(records_of(recovered().in_doubt), std::set<std::uint64_t>({1, 2}));
}

TEST_F(RecoveryTest, DoubtCountsTheAttemptsFromTheFirst) {
  send(1, 1, 2, kAt);
  answer(1, false);
  send(1, 2, 2, kAt + std::chrono::seconds(9));
  const ResumeState state = recovered();
  EXPECT_EQ(state.in_doubt.at(RecordNumber(1)).attempts, 1U);
  EXPECT_EQ(state.in_doubt.at(RecordNumber(2)).attempts, 2U);
  EXPECT_EQ(state.in_doubt.at(RecordNumber(2)).sent.first.at, kAt);
  EXPECT_EQ(state.in_doubt.at(RecordNumber(2)).sent.last.at, kAt + std::chrono::seconds(9));
}

TEST_F(RecoveryTest, AnAnswerThatNothingWasWrittenTakesItsSendBack) {
  send(1, 1, 2);
  send(2, 3, 4);
  answer(1, true);
  const ResumeState state = recovered();
  EXPECT_EQ(records_of(state.in_doubt), std::set<std::uint64_t>({3, 4}));
  EXPECT_EQ(state.last_batch, BatchNumber(2));
}

TEST_F(RecoveryTest, OnlyTheSendThatWasAnsweredIsTakenBack) {
  send(1, 1, 2, kAt);
  answer(1, false);
  send(1, 1, 1, kAt + std::chrono::seconds(9));
  answer(1, true);
  const ResumeState state = recovered();
  EXPECT_EQ(records_of(state.in_doubt), std::set<std::uint64_t>({1, 2}));
  EXPECT_EQ(state.in_doubt.at(RecordNumber(1)).attempts, 1U);
  EXPECT_EQ(state.in_doubt.at(RecordNumber(1)).sent.first.at, kAt);
}

TEST_F(RecoveryTest, AfterASendWasTakenBackDoubtStartsWithTheNext) {
  send(1, 1, 1, kAt);
  answer(1, true);
  send(1, 1, 1, kAt + std::chrono::seconds(9));
  const ResumeState state = recovered();
  EXPECT_EQ(state.in_doubt.at(RecordNumber(1)).attempts, 1U);
  EXPECT_EQ(state.in_doubt.at(RecordNumber(1)).sent.first.at, kAt + std::chrono::seconds(9));
}

TEST_F(RecoveryTest, ASecondAnswerTakesNothingBack) {
  send(1, 1, 1);
  answer(1, false);
  answer(1, true);
  EXPECT_EQ(records_of(recovered().in_doubt), std::set<std::uint64_t>({1}));
}

TEST_F(RecoveryTest, ACutRequestMayBeAtWorkThoughItsRecordsAreSettled) {
  send(1, 1, 2, kAt);
  cut(1);
  send(1, 1, 2, kAt + std::chrono::seconds(1));
  answer(1, false);
  settle(1);
  settle(2);
  EXPECT_EQ(recovered().last_cut_send, kAt);
  EXPECT_EQ(recovered().last_open_send(), kAt);
}

TEST_F(RecoveryTest, SoMayOneThatAnEarlierProcessLeft) {
  send(1, 1, 2, kAt);
  send(2, 1, 2, kAt + std::chrono::seconds(1));
  answer(2, false);
  settle(1);
  settle(2);
  EXPECT_EQ(recovered().last_cut_send, kAt);
}

TEST_F(RecoveryTest, WhatIsInDoubtTellsOfItsRequestItself) {
  send(1, 1, 2, kAt);
  cut(1);
  send(2, 3, 4, kAt + std::chrono::seconds(1));
  EXPECT_EQ(recovered().last_cut_send, std::nullopt);
  EXPECT_EQ(recovered().last_open_send(), kAt + std::chrono::seconds(1));
  settle(2);
  EXPECT_EQ(recovered().last_cut_send, kAt);
}

TEST_F(RecoveryTest, WhatWasAnsweredOrNeverWrittenIsAtWorkNoMore) {
  send(1, 1, 1);
  answer(1, false);
  settle(1);
  send(2, 2, 2);
  answer(2, true);
  EXPECT_EQ(recovered().last_cut_send, std::nullopt);
  EXPECT_EQ(recovered().last_open_send(), std::nullopt);
}

TEST_F(RecoveryTest, ACheckpointTellsOfTheCutRequestsBeforeIt) {
  CheckpointLine line;
  line.next = RecordNumber(3);
  line.last_cut_send = kAt;
  append_line(attempts(), line);
  EXPECT_EQ(recovered().last_cut_send, kAt);
}

TEST_F(RecoveryTest, SettledRecordsKeepWhatTheirRejectsNeed) {
  settle(1, OutcomeStatus::created, "not needed");
  settle(2, OutcomeStatus::rejected, "refused");
  settle(3, OutcomeStatus::unknown, "no answer");
  const ResumeState state = recovered();
  EXPECT_EQ(state.settled.at(RecordNumber(1)).message, "");
  EXPECT_EQ(state.settled.at(RecordNumber(2)).status, OutcomeStatus::rejected);
  EXPECT_EQ(state.settled.at(RecordNumber(2)).message, "refused");
  EXPECT_EQ(state.settled.at(RecordNumber(3)).status, OutcomeStatus::unknown);
  EXPECT_EQ(state.settled.at(RecordNumber(3)).message, "no answer");
}

TEST_F(RecoveryTest, ALoadedRecordKeepsThatItLacksAnAssociation) {
  Outcome outcome;
  outcome.record = RecordNumber(1);
  outcome.status = OutcomeStatus::created;
  append_outcome_line(outcomes(), outcome, {LineNumber(1), "", ""});
  outcome.record = RecordNumber(2);
  outcome.refusal->code = "ASSOCIATION_NOT_FOUND";
  append_outcome_line(outcomes(), outcome, {LineNumber(2), "", ""});
  const ResumeState state = recovered();
  EXPECT_FALSE(state.settled.at(RecordNumber(1)).lacks_association);
  EXPECT_TRUE(state.settled.at(RecordNumber(2)).lacks_association);
}

TEST_F(RecoveryTest, ADuplicateKeepsTheRecordThatHasItsKey) {
  Outcome outcome;
  outcome.record = RecordNumber(5);
  outcome.status = OutcomeStatus::rejected;
  outcome.refusal->first_record = RecordNumber(3);
  append_outcome_line(outcomes(), outcome, {LineNumber(1), "", ""});
  EXPECT_EQ(recovered().settled.at(RecordNumber(5)).first_record, RecordNumber(3));
}

TEST_F(RecoveryTest, TheLastCheckpointIsWhereTheRunGoesOn) {
  send(1, 1, 10);
  checkpoint(5);
  checkpoint(11);
  send(3, 11, 12);
  settle(11);
  const ResumeState state = recovered();
  EXPECT_EQ(state.start.next, RecordNumber(11));
  EXPECT_EQ(state.start.position, test::position_of(11));
  EXPECT_EQ(state.start.tally.created, 10U);
  EXPECT_EQ(records_of(state.settled), std::set<std::uint64_t>({11}));
  EXPECT_EQ(records_of(state.in_doubt), std::set<std::uint64_t>({12}));
  EXPECT_FALSE(state.is_fresh());
}

TEST_F(RecoveryTest, WhatAProcessCountedBeforeItLeftIsKnown) {
  checkpoint(5);
  send(2, 5, 6);
  append_line(attempts(), CountersLine{{42, 3, 2, 1, std::chrono::seconds(60)}, kAt});
  EXPECT_EQ(recovered().counters, (Counters{42, 3, 2, 1, std::chrono::seconds(60)}));
}

TEST_F(RecoveryTest, WhatAProcessDidBeforeItWasKilledIsCountedAgain) {
  append_line(attempts(), CountersLine{{42, 3, 2, 1, std::chrono::seconds(60)}, kAt});
  send(1, 1, 1, kAt + std::chrono::seconds(5));
  answer(1, true);
  EXPECT_EQ(recovered().counters, (Counters{43, 3, 3, 1, std::chrono::seconds(65)}));
}

TEST_F(RecoveryTest, LinesOfRecordsBeforeTheCheckpointDoNotCountWhereverTheyStand) {
  checkpoint(5);
  send(2, 3, 6);
  settle(4);
  settle(6);
  const ResumeState state = recovered();
  EXPECT_EQ(records_of(state.settled), std::set<std::uint64_t>({6}));
  EXPECT_EQ(records_of(state.in_doubt), std::set<std::uint64_t>({5}));
}

TEST_F(RecoveryTest, WhatIsBuiltUponIsWrittenAgainFromTheCheckpointOn) {
  send(1, 1, 4);
  settle(1);
  checkpoint(2);
  const auto outcome_bytes = contents_[index(LogFile::outcomes)].size();
  const auto attempt_bytes =
      test::FileContents(contents_)[index(LogFile::attempts)].find(R"({"event":"checkpoint")");
  settle(2);
  MemoryFiles files(contents_);
  recover(files);
  EXPECT_THAT(files.written_again,
              testing::ElementsAre(testing::Pair(LogFile::outcomes, outcome_bytes),
                                   testing::Pair(LogFile::attempts, attempt_bytes)));
}

TEST_F(RecoveryTest, RejectsAreCutBackToTheCheckpoint) {
  contents_[index(LogFile::rejects)] = "header\r\nrow 1\r\n";
  contents_[index(LogFile::unknown)] = "header\r\n";
  checkpoint(2);
  contents_[index(LogFile::rejects)] += "row 2\r\nro";
  contents_[index(LogFile::unknown)] += "row 3\r\n";
  recovered();
  EXPECT_EQ(contents_[index(LogFile::rejects)], "header\r\nrow 1\r\n");
  EXPECT_EQ(contents_[index(LogFile::unknown)], "header\r\n");
}

TEST_F(RecoveryTest, WithoutACheckpointRejectsStartAgain) {
  contents_[index(LogFile::rejects)] = "header\r\nrow 1\r\n";
  recovered();
  EXPECT_EQ(contents_[index(LogFile::rejects)], "");
}

TEST_F(RecoveryTest, ADamagedLineOfAttemptsIsAnErrorWithItsPlace) {
  send(1, 1, 1);
  const auto place = attempts().size();
  attempts() += "not ours\n";
  send(2, 2, 2);
  EXPECT_THAT(failure(),
              AllOf(HasSubstr("attempts.ndjson is damaged at byte " + std::to_string(place) + ":"),
                    HasSubstr("nothing was sent")));
}

TEST_F(RecoveryTest, ADamagedLineOfOutcomesIsAnErrorWithItsPlace) {
  settle(1);
  const auto place = outcomes().size();
  settle(2);
  outcomes()[place + 3] = '"';
  settle(3);
  EXPECT_THAT(failure(),
              HasSubstr("outcomes.ndjson is damaged at byte " + std::to_string(place) + ":"));
}

TEST_F(RecoveryTest, ADamagedCheckpointIsAnErrorWithItsPlace) {
  send(1, 1, 1);
  const auto place = attempts().size();
  attempts() += R"({"event":"checkpoint","next":2,)"
                "\n";
  EXPECT_THAT(failure(),
              HasSubstr("attempts.ndjson is damaged at byte " + std::to_string(place) + ":"));
}

TEST_F(RecoveryTest, AFileShorterThanTheCheckpointSaysIsAnError) {
  for (const LogFile file : {LogFile::rejects, LogFile::unknown, LogFile::outcomes}) {
    contents_ = {};
    contents_[index(LogFile::rejects)] = "header\r\nrow 1\r\n";
    contents_[index(LogFile::unknown)] = "header\r\nrow 1\r\n";
    settle(1);
    checkpoint(2);
    EXPECT_EQ(failure(), "");
    contents_[index(file)].pop_back();
    const std::string name = MemoryFiles(contents_).name(file);
    EXPECT_THAT(failure(), HasSubstr(name + " is damaged at byte " +
                                     std::to_string(contents_[index(file)].size()) + ":"));
  }
}

/// What recover() must find, told from all lines that are whole, in the plainest way.
struct Expected {
  std::uint64_t next = 1;
  std::set<std::uint64_t> settled;
  std::map<std::uint64_t, std::uint32_t> in_doubt;  ///< with attempts
};

std::vector<std::string> whole_lines(const std::string& text) {
  std::vector<std::string> lines;
  std::size_t start = 0;
  for (auto end = text.find('\n'); end != std::string::npos; end = text.find('\n', start)) {
    lines.push_back(text.substr(start, end - start));
    start = end + 1;
  }
  return lines;
}

std::string whole_part(const std::string& text) {
  return text.substr(0, text.rfind('\n') + 1);
}

void count_send(Expected& expected, const SendLine& line, bool back) {
  for (const RecordRange& range : line.records) {
    for (auto record = range.first.value(); record <= range.last.value(); ++record)
      expected.in_doubt[record] += back ? -1U : 1U;
  }
}

Expected expected_of(const FileContents& contents) {
  Expected expected;
  SendLine last_send;  // the small run sends one batch at a time
  for (const std::string& text : whole_lines(contents[index(LogFile::attempts)])) {
    const AttemptLine line = parse_attempt_line(text).value();
    if (const auto* send = std::get_if<SendLine>(&line)) {
      count_send(expected, *send, false);
      last_send = *send;
    } else if (const auto* answer = std::get_if<AnswerLine>(&line)) {
      if (answer->none_written) count_send(expected, last_send, true);
    } else {
      expected.next = std::get<CheckpointLine>(line).next.value();
    }
  }
  for (const std::string& text : whole_lines(contents[index(LogFile::outcomes)]))
    expected.settled.insert(parse_outcome_line(text).value().outcome.record.value());
  std::erase_if(expected.in_doubt, [&](const auto& doubt) {
    return doubt.second == 0 || doubt.first < expected.next ||
           expected.settled.contains(doubt.first);
  });
  std::erase_if(expected.settled, [&](std::uint64_t record) { return record < expected.next; });
  return expected;
}

/// A run of four batches: one is throttled first, one keeps a record without an outcome, the last
/// one is never answered.
class SmallRunTest : public testing::Test {
 protected:
  SmallRunTest() {
    RunLog::Options options;
    options.rejects.header = "row";
    options.batches_per_checkpoint = 1;
    RunLog run(log_, time_, options, {});
    deliver(run, 1, 1, true);
    deliver(run, 2, 4, false);
    deliver(run, 3, 7, true);
    Batch last = test::batch_of(4, 10, 3);
    last.add(test::refused_entry(13));
    run.open_batch(last);
    send(run, last);
    settle(run, last, 1, OutcomeStatus::rejected);
    Batch never_sent = test::batch_of(5, 14, 1);
    run.open_batch(never_sent);
    contents_ = log_.contents();
  }

  void deliver(RunLog& run, std::uint64_t number, std::uint64_t first, bool throttled) {
    Batch batch = test::batch_of(number, first, 3);
    run.open_batch(batch);
    send(run, batch);
    Answer answer;
    answer.status = throttled ? 429 : 201;
    if (throttled) {
      run.record_answer(batch, 1, answer, true);
      send(run, batch);
      answer.status = 201;
    }
    run.record_answer(batch, 2, answer, false);
    settle(run, batch, 0, OutcomeStatus::created);
    settle(run, batch, 1, OutcomeStatus::rejected);
    settle(run, batch, 2, OutcomeStatus::unknown);
    test::run_to_end(context_, run.close_batch(batch.number()));
  }
  void send(RunLog& run, const Batch& batch) {
    static constexpr std::array<std::size_t, 3> kAll{0, 1, 2};
    test::run_to_end(context_, run.record_send(batch, kAll, 1, {}));
  }
  static void settle(RunLog& run, const Batch& batch, std::size_t entry, OutcomeStatus status) {
    Outcome outcome;
    outcome.record = batch.entries()[entry].number;
    outcome.status = status;
    outcome.refusal->message = "no";
    run.record_outcomes(batch, {FinalOutcome(entry, outcome)});
  }

  std::uint64_t outcome_bytes_of_last_checkpoint() const {
    std::uint64_t bytes = 0;
    for (const std::string& text : whole_lines(contents_[index(LogFile::attempts)])) {
      const AttemptLine line = parse_attempt_line(text).value();
      if (const auto* checkpoint = std::get_if<CheckpointLine>(&line))
        bytes = checkpoint->bytes[index(LogFile::outcomes)];
    }
    return bytes;
  }

  static void expect_recovered(const FileContents& contents) {
    MemoryFiles files(contents);
    const ResumeState state = recover(files);
    const Expected expected = expected_of(contents);
    EXPECT_EQ(state.start.next, RecordNumber(expected.next));
    EXPECT_EQ(records_of(state.settled), expected.settled);
    std::map<std::uint64_t, std::uint32_t> in_doubt;
    for (const auto& [record, doubt] : state.in_doubt) in_doubt[record.value()] = doubt.attempts;
    EXPECT_EQ(in_doubt, expected.in_doubt);
    EXPECT_EQ(state.start.tally.records, expected.next - 1);
    for (const LogFile file : {LogFile::outcomes, LogFile::attempts})
      EXPECT_EQ(files.at(file), whole_part(contents[index(file)]));
    for (const LogFile file : {LogFile::rejects, LogFile::unknown})
      EXPECT_EQ(files.size(file), state.start.bytes[index(file)]);
  }

  boost::asio::io_context context_;
  test::VirtualTime time_{context_};
  test::MemoryLog log_{context_.get_executor()};
  FileContents contents_;
};

TEST_F(SmallRunTest, IsRecoveredAsItStands) {
  MemoryFiles files(contents_);
  const ResumeState state = recover(files);
  EXPECT_EQ(state.start.next, RecordNumber(7));
  EXPECT_EQ(records_of(state.settled), std::set<std::uint64_t>({7, 8, 9, 11, 13}));
  EXPECT_EQ(records_of(state.in_doubt), std::set<std::uint64_t>({10, 12}));
  EXPECT_EQ(state.last_batch, BatchNumber(4));
  expect_recovered(contents_);
}

TEST_F(SmallRunTest, IsRecoveredWhereverTheAttemptsAreTorn) {
  const std::string whole = contents_[index(LogFile::attempts)];
  for (std::size_t size = 0; size <= whole.size(); ++size) {
    SCOPED_TRACE("attempts.ndjson cut off at byte " + std::to_string(size));
    FileContents torn = contents_;
    torn[index(LogFile::attempts)].resize(size);
    expect_recovered(torn);
    if (HasFailure()) return;
  }
}

TEST_F(SmallRunTest, IsRecoveredWhereverTheOutcomesAreTornBehindTheCheckpoint) {
  const std::string whole = contents_[index(LogFile::outcomes)];
  const std::uint64_t checkpoint = outcome_bytes_of_last_checkpoint();
  ASSERT_GT(checkpoint, 0U);
  for (std::size_t size = 0; size <= whole.size(); ++size) {
    SCOPED_TRACE("outcomes.ndjson cut off at byte " + std::to_string(size));
    FileContents torn = contents_;
    torn[index(LogFile::outcomes)].resize(size);
    if (size < checkpoint) {
      MemoryFiles files(torn);
      EXPECT_THAT(failure_of(files),
                  HasSubstr("outcomes.ndjson is damaged at byte " + std::to_string(size) + ":"));
    } else {
      expect_recovered(torn);
    }
    if (HasFailure()) return;
  }
}

TEST_F(SmallRunTest, RecoveringTwiceChangesNothing) {
  FileContents torn = contents_;
  torn[index(LogFile::attempts)] += R"({"event":"se)";
  torn[index(LogFile::outcomes)] += R"({"record":)";
  MemoryFiles files(torn);
  const ResumeState first = recover(files);
  const std::string attempts = files.at(LogFile::attempts);
  const ResumeState second = recover(files);
  EXPECT_EQ(files.at(LogFile::attempts), attempts);
  EXPECT_EQ(second.start.next, first.start.next);
  EXPECT_EQ(records_of(second.settled), records_of(first.settled));
  EXPECT_EQ(records_of(second.in_doubt), records_of(first.in_doubt));
}

}  // namespace
}  // namespace payferry
