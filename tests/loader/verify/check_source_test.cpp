#include "loader/verify/check_source.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "loader/delivery/batches.hpp"
#include "loader/delivery/key_mapping.hpp"
#include "loader/delivery/list_reader.hpp"
#include "loader/source/temp_directory.hpp"

namespace payferry::test {
namespace {

using testing::ElementsAre;
using testing::Pair;

class CheckSourceTest : public testing::Test {
 protected:
  void log(std::uint64_t record, OutcomeStatus status = OutcomeStatus::created) {
    Outcome outcome;
    outcome.record = RecordNumber(record);
    outcome.status = status;
    outcome.id = is_loaded(status) ? std::to_string(1000 + record) : "";
    append_outcome_line(log_, outcome, {LineNumber(record + 1), "", ""});
  }
  void log_all(std::uint64_t records) {
    for (std::uint64_t record = 1; record <= records; ++record) log(record);
  }
  CheckSource open(RecordReader& reader, const CheckPosition& start = {},
                   WriteMode write = WriteMode::create) {
    directory_.write("outcomes.ndjson", log_);
    OrderedOutcomes outcomes(directory_.path() / "outcomes.ndjson", start.next,
                             start.outcomes_bytes);
    options_.id_property = kKeyProperty;
    return CheckSource(reader, key_mapping(write), std::move(outcomes), options_, start);
  }

  TempDirectory directory_;
  std::string log_;
  CheckSource::Options options_;
};

TEST_F(CheckSourceTest, ARecordComesWithItsIdAndWhatWasSent) {
  log_all(1);
  ListReader reader(good_rows(1));
  CheckSource source = open(reader);
  const auto batch = source.next_batch();
  ASSERT_TRUE(batch);
  ASSERT_EQ(batch->records.size(), 1U);
  const CheckedRecord& record = batch->records[0];
  EXPECT_EQ(record.number, RecordNumber(1));
  EXPECT_EQ(record.id, "1001");
  EXPECT_EQ(record.key, "k1");
  EXPECT_EQ(find_property(record.expected, "hs_initial_amount"), "1.50");
  EXPECT_EQ(find_property(record.expected, kKeyProperty), "k1");
  EXPECT_FALSE(source.next_batch());
  EXPECT_FALSE(source.is_run_incomplete());
  EXPECT_FALSE(source.is_source_short());
}

TEST_F(CheckSourceTest, BatchesHoldAHundredRecordsThatAreReadBackWhateverStandsBetween) {
  for (std::uint64_t record = 1; record <= 300; ++record)
    log(record, record % 2 == 0 ? OutcomeStatus::created : OutcomeStatus::rejected);
  ListReader reader(good_rows(300));
  CheckSource source = open(reader);
  const auto first = source.next_batch();
  ASSERT_TRUE(first);
  EXPECT_EQ(first->records.size(), 100U);
  EXPECT_EQ(first->source.records, 200U);
  EXPECT_EQ(first->source.rejected, 100U);
  EXPECT_EQ(first->end.next, RecordNumber(201));
  EXPECT_EQ(source.next_batch()->records.size(), 50U);
  EXPECT_FALSE(source.next_batch());
}

TEST_F(CheckSourceTest, TheBooksHoldEveryRecordOfTheSource) {
  log(1);
  log(2, OutcomeStatus::invalid);
  log(3, OutcomeStatus::unknown);
  ListReader reader(good_rows(3));
  const auto batch = open(reader).next_batch();
  ASSERT_TRUE(batch);
  const CurrencyTotals& books = batch->source.totals.by_currency().at(Currency());
  EXPECT_EQ(books.read.sum, Decimal(450, 2));
  EXPECT_EQ(books.loaded.sum, Decimal(150, 2));
  EXPECT_EQ(books.refused.sum, Decimal(300, 2));
  EXPECT_EQ(batch->source.unknown, 1U);
}

TEST_F(CheckSourceTest, AnUpsertsKeyIsExpectedToo) {
  log(1, OutcomeStatus::updated);
  ListReader reader(good_rows(1));
  const auto batch = open(reader, {}, WriteMode::upsert).next_batch();
  ASSERT_TRUE(batch);
  EXPECT_THAT(batch->records.at(0).expected,
              ElementsAre(Pair("hs_initial_amount", "1.50"), Pair(kKeyProperty, "k1")));
}

TEST_F(CheckSourceTest, WhatHasNoOutcomeMakesTheRunIncomplete) {
  log(1);
  log(3);
  ListReader reader(good_rows(5));
  CheckSource source = open(reader);
  const auto batch = source.next_batch();
  ASSERT_TRUE(batch);
  EXPECT_EQ(batch->source.records, 3U);
  EXPECT_EQ(batch->source.pending(), 1U);
  EXPECT_FALSE(source.next_batch());
  EXPECT_TRUE(source.is_run_incomplete());
  EXPECT_FALSE(source.is_source_short());
}

TEST_F(CheckSourceTest, ALimitEndsTheRunThere) {
  log_all(2);
  options_.limit = 2;
  ListReader reader(good_rows(5));
  CheckSource source = open(reader);
  EXPECT_EQ(source.next_batch()->source.records, 2U);
  EXPECT_FALSE(source.next_batch());
  EXPECT_FALSE(source.is_run_incomplete());
}

TEST_F(CheckSourceTest, ASourceShorterThanTheLogIsTold) {
  log_all(5);
  ListReader reader(good_rows(3));
  CheckSource source = open(reader);
  EXPECT_TRUE(source.next_batch());
  EXPECT_FALSE(source.next_batch());
  EXPECT_TRUE(source.is_source_short());
}

TEST_F(CheckSourceTest, ALoadedRowThatIsNoLongerValidIsTold) {
  log_all(1);
  std::vector<ListReader::Row> rows = good_rows(1);
  rows[0].second = "1.5O";
  ListReader reader(rows);
  const auto batch = open(reader).next_batch();
  ASSERT_TRUE(batch);
  EXPECT_FALSE(batch->records.at(0).problem.empty());
  EXPECT_TRUE(batch->records.at(0).expected.empty());
}

TEST_F(CheckSourceTest, GoesOnBehindAnyBatch) {
  log_all(450);
  ListReader reader(good_rows(450));
  CheckSource before = open(reader);
  before.next_batch();
  const CheckPosition half = before.next_batch()->end;
  EXPECT_EQ(half.next, RecordNumber(201));
  ListReader again(good_rows(450));
  CheckSource after = open(again, half);
  EXPECT_EQ(after.next_batch()->records.at(0).number, RecordNumber(201));
  EXPECT_EQ(after.next_batch()->records.at(99).id, "1400");
  EXPECT_EQ(after.next_batch()->records.size(), 50U);
  EXPECT_FALSE(after.next_batch());
}

TEST_F(CheckSourceTest, WithoutAnythingToReadBackItStillMakesItsWay) {
  for (std::uint64_t record = 1; record <= 12'000; ++record) log(record, OutcomeStatus::rejected);
  ListReader reader(good_rows(12'000));
  CheckSource source = open(reader);
  std::uint64_t records = 0;
  std::size_t batches = 0;
  while (const auto batch = source.next_batch()) {
    EXPECT_TRUE(batch->records.empty());
    records += batch->source.records;
    ++batches;
  }
  EXPECT_EQ(records, 12'000U);
  EXPECT_GT(batches, 1U);
}

}  // namespace
}  // namespace payferry::test
