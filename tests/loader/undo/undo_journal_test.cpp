#include "loader/undo/undo_journal.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "loader/run/disk_failure.hpp"
#include "loader/source/temp_directory.hpp"
#include "loader/undo/undo_samples.hpp"

namespace payferry::test {
namespace {

using testing::HasSubstr;
using testing::UnorderedElementsAre;

const Instant kNoon = parse_iso8601("2026-11-24T12:00:00Z").value();

class UndoJournalTest : public testing::Test {
 protected:
  UndoJournal open() { return UndoJournal(path_, Durability::commit, read_undo(path_)); }
  std::string content() const { return directory_.read("undo.ndjson"); }
  /// Batch `number` of two records, whose outcome lines stand at number*100 and behind.
  void enter(UndoJournal& journal, std::uint64_t number, UndoStatus status = UndoStatus::archived) {
    const CreatedRecord first = created_record(number * 2, number * 100);
    const CreatedRecord second = created_record(number * 2 + 1, number * 100 + 50);
    std::vector<UndoJournal::Entry> entries(2);
    entries[0].record = &first;
    entries[1].record = &second;
    entries[1].status = status;
    if (status == UndoStatus::refused) entries[1].refusal = &refusal_;
    journal.enter(number, (number + 1) * 100, entries, kNoon);
  }

  TempDirectory directory_;
  std::filesystem::path path_ = directory_.path() / "undo.ndjson";
  Refusal refusal_{"VALIDATION_ERROR", "X", "", "", "cannot be deleted", "", std::nullopt};
};

TEST_F(UndoJournalTest, WithoutAJournalNothingHasBegun) {
  const UndoState state = read_undo(path_);
  EXPECT_FALSE(state.has_begun);
  EXPECT_EQ(state.outcomes_bytes, 0U);
}

TEST_F(UndoJournalTest, TheBeginningIsNotedBeforeAnythingElse) {
  UndoJournal journal = open();
  journal.begin({"run-1", "commerce_payments", "4242", 7}, kNoon);
  EXPECT_EQ(content(),
            R"({"event":"begin","run":"run-1","object":"commerce_payments","account":"4242",)"
            R"("created":7,"at":"2026-11-24T12:00:00.000Z"})"
            "\n");
  EXPECT_TRUE(read_undo(path_).has_begun);
}

TEST_F(UndoJournalTest, EachRecordHasItsLine) {
  UndoJournal journal = open();
  enter(journal, 1, UndoStatus::refused);
  EXPECT_THAT(content(), HasSubstr(R"({"record":2,"line":3,"key":"k2","id":"1002",)"
                                   R"("status":"archived","outcome_at":100,)"));
  EXPECT_THAT(content(), HasSubstr(R"("status":"refused","category":"VALIDATION_ERROR",)"
                                   R"("code":"X","message":"cannot be deleted")"));
  EXPECT_EQ(journal.counts().archived, 1U);
  EXPECT_EQ(journal.counts().refused, 1U);
}

TEST_F(UndoJournalTest, HowFarAllIsDealtWithMovesOverBatchesInTheirOrder) {
  UndoJournal journal = open();
  enter(journal, 1);
  EXPECT_EQ(read_undo(path_).outcomes_bytes, 200U);
  EXPECT_TRUE(read_undo(path_).done.empty());
  enter(journal, 3);
  EXPECT_EQ(journal.ahead(), 1U);
  EXPECT_EQ(read_undo(path_).outcomes_bytes, 200U);
  EXPECT_THAT(read_undo(path_).done, UnorderedElementsAre(300, 350));
  enter(journal, 2);
  EXPECT_EQ(journal.ahead(), 0U);
  EXPECT_EQ(read_undo(path_).outcomes_bytes, 400U);
  EXPECT_TRUE(read_undo(path_).done.empty());
  EXPECT_EQ(read_undo(path_).counts.archived, 6U);
}

TEST_F(UndoJournalTest, ATornLineIsCutOff) {
  {
    UndoJournal journal = open();
    enter(journal, 1);
  }
  const std::string whole = content();
  directory_.write("undo.ndjson", whole + R"({"record":9,"li)");
  UndoJournal journal = open();
  EXPECT_EQ(content(), whole);
  EXPECT_EQ(journal.counts().archived, 2U);
}

TEST_F(UndoJournalTest, LosingAnyTailOnlyLosesWhatStoodThere) {
  {
    UndoJournal journal = open();
    journal.begin({"run-1", "commerce_payments", "", 6}, kNoon);
    enter(journal, 1);
    enter(journal, 3);
    enter(journal, 2);
    journal.complete(3, kNoon);
  }
  const std::string whole = content();
  for (std::size_t bytes = 0; bytes <= whole.size(); ++bytes) {
    directory_.write("undo.ndjson", whole.substr(0, bytes));
    const UndoState state = read_undo(path_);
    EXPECT_LE(state.bytes, bytes);
    EXPECT_EQ(state.complete, bytes == whole.size());
    // Of a record before the checkpoint a line stands there, and of any other it is in `done`.
    EXPECT_GE(state.counts.archived, state.done.size());
  }
}

TEST_F(UndoJournalTest, DamageIsToldWithItsPlace) {
  directory_.write("undo.ndjson", "{\"event\":\"begin\"}\nnonsense\n");
  try {
    read_undo(path_);
    FAIL() << "it was taken for whole";
  } catch (const DiskFailure& failure) {
    EXPECT_THAT(failure.what(), HasSubstr("byte 18"));
  }
}

TEST_F(UndoJournalTest, TheEndIsNoted) {
  UndoJournal journal = open();
  enter(journal, 1, UndoStatus::without_id);
  journal.complete(3, kNoon);
  EXPECT_TRUE(read_undo(path_).complete);
  EXPECT_THAT(
      content(),
      HasSubstr(R"({"event":"complete","archived":1,"refused":0,"without_id":1,"in_doubt":3,)"));
  EXPECT_EQ(read_undo(path_).in_doubt, 3U);
}

TEST_F(UndoJournalTest, WhatStaysInDoubtIsNamedAndCountsForNothing) {
  UndoJournal journal = open();
  journal.note_in_doubt(created_record(5), kNoon);
  EXPECT_EQ(content(), R"({"event":"in doubt","record":5,"line":6,"key":"k5","id":"1005",)"
                       R"("at":"2026-11-24T12:00:00.000Z"})"
                       "\n");
  EXPECT_EQ(read_undo(path_).counts.total(), 0U);
}

}  // namespace
}  // namespace payferry::test
