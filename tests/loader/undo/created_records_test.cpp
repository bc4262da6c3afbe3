#include "loader/undo/created_records.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "loader/run/disk_failure.hpp"
#include "loader/source/temp_directory.hpp"

namespace payferry {
namespace {

class CreatedRecordsTest : public testing::Test {
 protected:
  void log(std::uint64_t record, OutcomeStatus status = OutcomeStatus::created,
           bool with_id = true) {
    offsets_.push_back(log_.size());
    Outcome outcome;
    outcome.record = RecordNumber(record);
    outcome.status = status;
    if (with_id && is_loaded(status)) outcome.id = std::to_string(1000 + record);
    const std::string key = "k" + std::to_string(record);
    append_outcome_line(log_, outcome, {LineNumber(record + 1), "", key});
  }
  std::filesystem::path write() {
    directory_.write("outcomes.ndjson", log_);
    return directory_.path() / "outcomes.ndjson";
  }
  std::vector<std::string> all_ids(UndoState state = {}) {
    CreatedRecords records(write(), std::move(state));
    std::vector<std::string> ids;
    while (const auto batch = records.next_batch()) {
      for (const CreatedRecord& record : batch->records) ids.push_back(record.id);
    }
    return ids;
  }

  TempDirectory directory_;
  std::string log_;
  std::vector<std::uint64_t> offsets_;
};

TEST_F(CreatedRecordsTest, OnlyWhatTheRunCreatedIsGiven) {
  log(1);
  log(2, OutcomeStatus::existing);
  log(3, OutcomeStatus::updated);
  log(4, OutcomeStatus::invalid);
  log(5, OutcomeStatus::rejected);
  log(6, OutcomeStatus::unknown);
  log(7);
  EXPECT_THAT(all_ids(), testing::ElementsAre("1001", "1007"));
}

TEST_F(CreatedRecordsTest, ARecordKeepsItsIdentity) {
  log(4);
  CreatedRecords records(write(), {});
  const auto batch = records.next_batch();
  ASSERT_TRUE(batch);
  EXPECT_EQ(batch->records.at(0).record, RecordNumber(4));
  EXPECT_EQ(batch->records.at(0).line, LineNumber(5));
  EXPECT_EQ(batch->records.at(0).key, "k4");
}

TEST_F(CreatedRecordsTest, BatchesHoldAHundredAndTellWhereTheyEnd) {
  for (std::uint64_t record = 1; record <= 250; ++record) log(record);
  CreatedRecords records(write(), {});
  const auto first = records.next_batch();
  ASSERT_TRUE(first);
  EXPECT_EQ(first->number, 1U);
  EXPECT_EQ(first->records.size(), 100U);
  EXPECT_EQ(first->outcomes_bytes, offsets_[100]);
  EXPECT_EQ(records.next_batch()->records.size(), 100U);
  const auto last = records.next_batch();
  EXPECT_EQ(last->records.size(), 50U);
  EXPECT_EQ(last->outcomes_bytes, log_.size());
  EXPECT_FALSE(records.next_batch());
}

TEST_F(CreatedRecordsTest, WhatIsDealtWithIsLeftOut) {
  for (std::uint64_t record = 1; record <= 5; ++record) log(record);
  UndoState state;
  state.outcomes_bytes = offsets_[2];
  state.done.insert(offsets_[3]);
  EXPECT_THAT(all_ids(std::move(state)), testing::ElementsAre("1003", "1005"));
}

TEST_F(CreatedRecordsTest, LongStretchesWithoutAnyAreCutIntoPieces) {
  for (std::uint64_t record = 1; record <= 12'000; ++record) log(record, OutcomeStatus::existing);
  CreatedRecords records(write(), {});
  std::size_t batches = 0;
  while (const auto batch = records.next_batch()) {
    EXPECT_TRUE(batch->records.empty());
    ++batches;
  }
  EXPECT_GT(batches, 1U);
}

TEST_F(CreatedRecordsTest, CountsWhatUndoMustKnowOf) {
  log(1);
  log(2, OutcomeStatus::created, false);
  log(3, OutcomeStatus::unknown);
  log(4, OutcomeStatus::existing);
  const CreatedCount count = count_created(write());
  EXPECT_EQ(count.created, 2U);
  EXPECT_EQ(count.without_id, 1U);
  EXPECT_EQ(count.unknown, 1U);
}

TEST_F(CreatedRecordsTest, DamageIsNotSteppedOver) {
  log(1);
  log_ += "nonsense\n";
  CreatedRecords records(write(), {});
  EXPECT_THROW(records.next_batch(), DiskFailure);
  EXPECT_THROW(count_created(directory_.path() / "outcomes.ndjson"), DiskFailure);
}

}  // namespace
}  // namespace payferry
