#include "loader/delivery/intake.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "loader/delivery/key_mapping.hpp"
#include "loader/delivery/list_reader.hpp"

namespace payferry {
namespace {

using namespace std::chrono_literals;
using test::good_rows;
using test::key_mapping;
using test::ListReader;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr Instant kSent{1'780'000'000'000ms};

ResumeState fresh() {
  ResumeState state;
  state.start.next = RecordNumber(1);
  return state;
}

std::vector<Batch> read_all(Intake& intake) {
  std::vector<Batch> batches;
  while (auto batch = intake.next_batch()) batches.push_back(std::move(*batch));
  return batches;
}

std::vector<Batch> read_all(ListReader& reader, Intake::Options options = {},
                            ResumeState state = fresh()) {
  Intake intake(reader, key_mapping(options.write), options, std::move(state));
  return read_all(intake);
}

std::vector<std::size_t> sizes(const std::vector<Batch>& batches) {
  std::vector<std::size_t> counts;
  for (const Batch& batch : batches) counts.push_back(batch.records());
  return counts;
}

TEST(Intake, AnEmptySourceGivesNoBatch) {
  ListReader reader({});
  EXPECT_TRUE(read_all(reader).empty());
}

TEST(Intake, ABatchIsClosedAtItsCountOfRecords) {
  ListReader reader(good_rows(7));
  Intake::Options options;
  options.batch_records = 3;
  EXPECT_THAT(sizes(read_all(reader, options)), ElementsAre(3, 3, 1));
}

TEST(Intake, ABatchIsClosedOnceItHasItsBytes) {
  ListReader reader(good_rows(5));
  Intake::Options options;
  options.batch_bytes = 1;
  EXPECT_THAT(sizes(read_all(reader, options)), ElementsAre(1, 1, 1, 1, 1));
}

TEST(Intake, ABatchIsClosedOnceItHasItsBytesOfRowsOfAnyKind) {
  auto rows = good_rows(6);
  rows[2].second = rows[3].second = "not money";
  ListReader reader(rows);
  ResumeState state = fresh();
  state.settled[RecordNumber(5)].status = OutcomeStatus::rejected;
  state.settled[RecordNumber(6)].status = OutcomeStatus::rejected;
  Intake::Options options;
  options.batch_row_bytes = 1;
  EXPECT_THAT(sizes(read_all(reader, options, std::move(state))), ElementsAre(1, 1, 1, 1, 1, 1));
}

TEST(Intake, ABatchTellsWhatBrokeBeforeItAndThatOnly) {
  ListReader reader(good_rows(6));
  reader.broken_record = 3;
  Intake::Options options;
  options.batch_records = 2;
  std::vector<std::string> told;
  for (const Batch& batch : read_all(reader, options)) told.push_back(batch.input_broken());
  EXPECT_THAT(told, ElementsAre("", "", "it broke"));
}

TEST(Intake, ABatchTellsWhatAnEarlierProcessFoundBrokenToo) {
  ListReader reader(good_rows(4));
  reader.broken_record = 2;
  Intake::Options options;
  options.batch_records = 2;
  ResumeState state = fresh();
  state.start.input_broken = "a.csv broke";
  std::vector<std::string> told;
  for (const Batch& batch : read_all(reader, options, std::move(state)))
    told.push_back(batch.input_broken());
  EXPECT_THAT(told, ElementsAre("a.csv broke", "a.csv broke. it broke"));
}

TEST(Intake, BatchesAreStretchesOfTheSourceWithoutGaps) {
  auto rows = good_rows(9);
  rows[4].second = "not money";
  rows[6].first = rows[0].first;
  ListReader reader(rows);
  Intake::Options options;
  options.batch_records = 2;
  std::uint64_t next = 1;
  std::uint64_t number = 1;
  for (const Batch& batch : read_all(reader, options)) {
    EXPECT_EQ(batch.number(), BatchNumber(number++));
    EXPECT_EQ(batch.first_record(), RecordNumber(next));
    EXPECT_EQ(batch.first_position().offset, ByteOffset(next - 1));
    next += batch.records();
  }
  EXPECT_EQ(next, 10U);
}

TEST(Intake, AnEntryCarriesWhatItNeedsUntilItsOutcome) {
  ListReader reader(good_rows(1));
  const auto batches = read_all(reader);
  const BatchEntry& entry = batches.front().entries().front();
  EXPECT_EQ(entry.number, RecordNumber(1));
  EXPECT_EQ(entry.key, "k1");
  EXPECT_EQ(entry.raw, "k1,1.50");
  EXPECT_THAT(std::string(entry.input), HasSubstr(R"("hs_initial_amount":"1.50")"));
  EXPECT_EQ(entry.in_doubt, nullptr);
}

TEST(Intake, EveryRecordCarriesItsAmountToTheBooks) {
  ListReader reader({{"a", "1.50"}, {"a", "2.50"}, {"b", "3.50"}});
  ResumeState state = fresh();
  state.settled[RecordNumber(3)].status = OutcomeStatus::created;
  const auto batches = read_all(reader, {}, std::move(state));
  const Batch& batch = batches.front();
  ASSERT_EQ(batch.records(), 3U);
  EXPECT_EQ(batch.entries().front().amount, Decimal(150, 2));
  EXPECT_EQ(batch.refused().front().amount, Decimal(250, 2));
  EXPECT_EQ(batch.settled().front().amount, Decimal(350, 2));
}

TEST(Intake, OnlySoManyRecordsOfTheRunAreTaken) {
  ListReader reader(good_rows(7));
  Intake::Options options;
  options.batch_records = 2;
  options.limit = 5;
  std::size_t read = 0;
  reader.before_record = [&](std::size_t count) { read = count + 1; };
  EXPECT_THAT(sizes(read_all(reader, options)), ElementsAre(2, 2, 1));
  EXPECT_EQ(read, 5U) << "to look for one more would wait for it where the input is a pipe";
}

TEST(Intake, AnInvalidRecordIsRefusedWithItsText) {
  ListReader reader(std::vector<ListReader::Row>{{"a", "not money"}});
  const auto batches = read_all(reader);
  ASSERT_EQ(batches.front().refused().size(), 1U);
  const RefusedEntry& refused = batches.front().refused().front();
  EXPECT_EQ(refused.number, RecordNumber(1));
  EXPECT_EQ(refused.raw, "a,not money");
  EXPECT_EQ(refused.first_record, std::nullopt);
  EXPECT_FALSE(refused.error.code.empty());
}

TEST(Intake, ADuplicateNamesTheFirstRecordWithItsKeyInEveryBatch) {
  ListReader reader({{"a", "1"}, {"b", "1"}, {"a", "2"}, {"a", "3"}});
  Intake::Options options;
  options.batch_records = 3;
  const auto batches = read_all(reader, options);
  ASSERT_EQ(batches.size(), 2U);
  for (const Batch& batch : batches) {
    ASSERT_EQ(batch.refused().size(), 1U);
    EXPECT_EQ(batch.refused().front().error.code, "DUPLICATE_IN_SOURCE");
    EXPECT_EQ(batch.refused().front().first_record, RecordNumber(1));
  }
}

TEST(Intake, AnInvalidRecordDoesNotTakeAKey) {
  ListReader reader({{"a", "not money"}, {"a", "1"}});
  const auto batches = read_all(reader);
  ASSERT_EQ(batches.front().entries().size(), 1U);
  EXPECT_EQ(batches.front().entries().front().number, RecordNumber(2));
}

TEST(Intake, AnUpsertSendsEveryRowOfAKey) {
  ListReader reader({{"a", "1"}, {"a", "2"}});
  Intake::Options options;
  options.write = WriteMode::upsert;
  EXPECT_EQ(read_all(reader, options).front().entries().size(), 2U);
}

TEST(Intake, WhatAnEarlierProcessSettledIsOnlyCounted) {
  ListReader reader({{"a", "1"}, {"b", "2"}, {"c", "3"}});
  ResumeState state = fresh();
  state.settled[RecordNumber(1)].status = OutcomeStatus::created;
  state.settled[RecordNumber(2)].status = OutcomeStatus::rejected;
  state.settled[RecordNumber(2)].message = "No such option";
  const auto batches = read_all(reader, {}, std::move(state));
  const Batch& batch = batches.front();
  ASSERT_EQ(batch.settled().size(), 2U);
  EXPECT_EQ(batch.settled()[0].status, OutcomeStatus::created);
  EXPECT_EQ(batch.settled()[0].raw, "");
  EXPECT_EQ(batch.settled()[1].status, OutcomeStatus::rejected);
  EXPECT_EQ(batch.settled()[1].raw, "b,2");
  EXPECT_EQ(batch.settled()[1].message, "No such option");
  ASSERT_EQ(batch.entries().size(), 1U);
  EXPECT_EQ(batch.entries().front().key, "c");
}

TEST(Intake, ASettledRecordKeepsItsKey) {
  ListReader reader({{"a", "1"}, {"a", "2"}});
  ResumeState state = fresh();
  state.settled[RecordNumber(1)].status = OutcomeStatus::created;
  const auto batches = read_all(reader, {}, std::move(state));
  ASSERT_EQ(batches.front().refused().size(), 1U);
  EXPECT_EQ(batches.front().refused().front().first_record, RecordNumber(1));
}

TEST(Intake, ASettledDuplicateHandsOnTheFirstRecordWithItsKey) {
  ListReader reader({{"a", "1"}, {"a", "2"}, {"a", "3"}});
  ResumeState state;
  state.start.next = RecordNumber(2);
  state.start.position.offset = ByteOffset(1);
  state.settled[RecordNumber(2)].status = OutcomeStatus::rejected;
  state.settled[RecordNumber(2)].first_record = RecordNumber(1);
  const auto batches = read_all(reader, {}, std::move(state));
  ASSERT_EQ(batches.front().refused().size(), 1U);
  EXPECT_EQ(batches.front().refused().front().number, RecordNumber(3));
  EXPECT_EQ(batches.front().refused().front().first_record, RecordNumber(1));
}

TEST(Intake, WhatAnEarlierProcessSentIsInDoubt) {
  ListReader reader(good_rows(2));
  ResumeState state = fresh();
  state.in_doubt[RecordNumber(2)] = RecordInDoubt{SendTime(kSent), 3};
  const auto batches = read_all(reader, {}, std::move(state));
  EXPECT_EQ(batches.front().entries()[0].in_doubt, nullptr);
  const RecordInDoubt* const in_doubt = batches.front().entries()[1].in_doubt;
  ASSERT_NE(in_doubt, nullptr);
  EXPECT_EQ(in_doubt->sent.first, SendTime(kSent));
  EXPECT_EQ(in_doubt->attempts, 3U);
}

TEST(Intake, WhatAnEarlierProcessSentWasSentThoughItIsRefusedNow) {
  ListReader reader({{"a", "not money"}, {"b", "not money"}});
  ResumeState state = fresh();
  state.in_doubt[RecordNumber(1)] = RecordInDoubt{SendTime(kSent), 3};
  const auto batches = read_all(reader, {}, std::move(state));
  ASSERT_EQ(batches.front().refused().size(), 2U);
  const RefusedEntry& sent = batches.front().refused()[0];
  const RefusedEntry& never_sent = batches.front().refused()[1];
  EXPECT_EQ(sent.attempts, 3U);
  EXPECT_EQ(never_sent.attempts, 0U);
  EXPECT_EQ(sent.error.code, never_sent.error.code);
  EXPECT_THAT(sent.error.message, testing::StartsWith("It was sent by an earlier process"));
  EXPECT_THAT(sent.error.message, testing::EndsWith(never_sent.error.message));
}

TEST(Intake, GoesOnWhereTheCheckpointSays) {
  ListReader reader(good_rows(5));
  ResumeState state;
  state.start.next = RecordNumber(4);
  state.start.position.offset = ByteOffset(3);
  state.last_batch = BatchNumber(8);
  const auto batches = read_all(reader, {}, std::move(state));
  EXPECT_EQ(reader.resumed_at, RecordNumber(4));
  ASSERT_EQ(batches.size(), 1U);
  EXPECT_EQ(batches.front().number(), BatchNumber(9));
  EXPECT_EQ(batches.front().first_record(), RecordNumber(4));
  EXPECT_FALSE(batches.front().keys_complete());
}

TEST(Intake, KeysAreCompleteUntilOneIsForgotten) {
  ListReader reader(good_rows(5));
  Intake::Options options;
  options.batch_records = 2;
  options.remembered_keys = 2;
  const auto batches = read_all(reader, options);
  ASSERT_EQ(batches.size(), 3U);
  EXPECT_TRUE(batches[0].keys_complete());
  EXPECT_TRUE(batches[1].keys_complete());
  EXPECT_FALSE(batches[2].keys_complete());
}

/// The second column is what a record is to be associated with.
Mapping associating_mapping() {
  AssociationRule by_amount;
  by_amount.to = "contacts";
  by_amount.from = "amount";
  by_amount.match = "email";
  MappingRules rules;
  rules.associations = {by_amount};
  rules.id_property = test::kKeyProperty;
  PropertyRule& key = rules.properties.emplace_back();
  key.property = rules.id_property;
  key.from = "key";
  const std::vector<std::string> columns{"key", "amount"};
  return Mapping::compile(rules, columns).value();
}

TEST(Intake, WhatARecordIsToBeAssociatedWithTravelsWithItsBatch) {
  ListReader reader({{"a", "1"}, {"b", ""}, {"c", "3"}});
  Intake intake(reader, associating_mapping(), {}, fresh());
  const std::vector<Batch> batches = read_all(intake);
  const std::vector<AssociationTarget>& targets = batches.at(0).targets();
  ASSERT_EQ(targets.size(), 2U);
  EXPECT_EQ(targets[0].entry, 0U);
  EXPECT_EQ(targets[0].value, "1");
  EXPECT_EQ(targets[1].entry, 2U);
  EXPECT_EQ(targets[1].value, "3");
}

TEST(Intake, ADuplicateLeavesNothingAmongWhatIsSent) {
  ListReader with({{"a", "1"}, {"a", "2"}, {"b", "3"}, {"a", "4"}});
  ListReader without({{"a", "1"}, {"b", "3"}});
  Intake intake(with, associating_mapping(), {}, fresh());
  Intake other(without, associating_mapping(), {}, fresh());
  const Batch batch = intake.next_batch().value();
  const Batch expected = other.next_batch().value();
  ASSERT_EQ(batch.refused().size(), 2U);
  EXPECT_EQ(batch.refused()[0].number, RecordNumber(2));
  EXPECT_EQ(batch.refused()[1].number, RecordNumber(4));
  ASSERT_EQ(batch.entries().size(), 2U);
  EXPECT_EQ(batch.entries()[1].key, "b");
  EXPECT_EQ(batch.input_bytes(), expected.input_bytes());
  ASSERT_EQ(batch.targets().size(), 2U);
  EXPECT_EQ(batch.targets()[1].entry, 1U);
  EXPECT_EQ(batch.targets()[1].value, "3");
}

}  // namespace
}  // namespace payferry
