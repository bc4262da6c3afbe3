#include "loader/verify/ordered_outcomes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

#include "loader/run/disk_failure.hpp"
#include "loader/source/temp_directory.hpp"

namespace payferry {
namespace {

using testing::HasSubstr;

class OrderedOutcomesTest : public testing::Test {
 protected:
  void log(std::uint64_t record, OutcomeStatus status = OutcomeStatus::created) {
    Outcome outcome;
    outcome.record = RecordNumber(record);
    outcome.status = status;
    outcome.id = is_loaded(status) ? std::to_string(1000 + record) : "";
    append_outcome_line(log_, outcome, {LineNumber(record + 1), "", ""});
  }
  OrderedOutcomes open(std::uint64_t next = 1, std::uint64_t from = 0) {
    directory_.write("outcomes.ndjson", log_);
    return OrderedOutcomes(directory_.path() / "outcomes.ndjson", RecordNumber(next), from);
  }
  static std::string id_of(OrderedOutcomes& outcomes, std::uint64_t record) {
    const auto outcome = outcomes.take(RecordNumber(record));
    return outcome ? outcome->id : "none";
  }

  TempDirectory directory_;
  std::string log_;
};

TEST_F(OrderedOutcomesTest, GivesInOrderWhatWasCompletedInAnother) {
  std::vector<std::uint64_t> order(1000);
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i + 1;
  std::shuffle(order.begin(), order.end(), std::mt19937(3));
  for (const std::uint64_t record : order) log(record);
  OrderedOutcomes outcomes = open();
  for (std::uint64_t record = 1; record <= 1000; ++record)
    EXPECT_EQ(id_of(outcomes, record), std::to_string(1000 + record));
  EXPECT_FALSE(outcomes.has_more());
}

TEST_F(OrderedOutcomesTest, TellsTheStatus) {
  log(1, OutcomeStatus::rejected);
  log(2, OutcomeStatus::existing);
  OrderedOutcomes outcomes = open();
  EXPECT_EQ(outcomes.take(RecordNumber(1))->status, OutcomeStatus::rejected);
  EXPECT_EQ(outcomes.take(RecordNumber(2))->status, OutcomeStatus::existing);
}

TEST_F(OrderedOutcomesTest, ARecordWithoutALineHasNone) {
  log(1);
  log(3);
  OrderedOutcomes outcomes = open();
  EXPECT_EQ(id_of(outcomes, 1), "1001");
  EXPECT_EQ(id_of(outcomes, 2), "none");
  EXPECT_TRUE(outcomes.has_more());
  EXPECT_EQ(id_of(outcomes, 3), "1003");
  EXPECT_FALSE(outcomes.has_more());
  EXPECT_EQ(id_of(outcomes, 4), "none");
}

TEST_F(OrderedOutcomesTest, RecordsMayBeLeftOut) {
  for (std::uint64_t record = 1; record <= 9; ++record) log(record);
  OrderedOutcomes outcomes = open();
  EXPECT_EQ(id_of(outcomes, 4), "1004");
  EXPECT_EQ(id_of(outcomes, 9), "1009");
}

TEST_F(OrderedOutcomesTest, GoesOnFromAnyPlaceAsIfItHadNeverStopped) {
  std::vector<std::uint64_t> order(300);
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i + 1;
  for (std::size_t i = 0; i + 20 <= order.size(); i += 20)
    std::shuffle(order.begin() + static_cast<std::ptrdiff_t>(i),
                 order.begin() + static_cast<std::ptrdiff_t>(i) + 20, std::mt19937(i));
  for (const std::uint64_t record : order) log(record);
  for (std::uint64_t stop = 1; stop < 300; stop += 7) {
    OrderedOutcomes before = open();
    for (std::uint64_t record = 1; record < stop; ++record) id_of(before, record);
    OrderedOutcomes after = open(stop, before.resume_offset());
    for (std::uint64_t record = stop; record <= 300; ++record)
      ASSERT_EQ(id_of(after, record), std::to_string(1000 + record)) << stop;
  }
}

TEST_F(OrderedOutcomesTest, GoingOnDoesNotReadAllAgain) {
  for (std::uint64_t record = 1; record <= 300; ++record) log(record);
  OrderedOutcomes outcomes = open();
  for (std::uint64_t record = 1; record <= 299; ++record) id_of(outcomes, record);
  EXPECT_GT(outcomes.resume_offset(), log_.size() - 200);
}

TEST_F(OrderedOutcomesTest, DamageIsToldWithItsPlace) {
  log(1);
  const std::size_t place = log_.size();
  log_ += "{\"record\":2}\n";
  OrderedOutcomes outcomes = open();
  EXPECT_EQ(id_of(outcomes, 1), "1001");
  try {
    outcomes.take(RecordNumber(2));
    FAIL() << "it was taken for whole";
  } catch (const DiskFailure& failure) {
    EXPECT_THAT(failure.what(), HasSubstr("byte " + std::to_string(place)));
  }
}

TEST_F(OrderedOutcomesTest, AGapThatNoLoadLeavesIsDamage) {
  log(1);
  log(OrderedOutcomes::kMostAhead + 2);
  OrderedOutcomes outcomes = open();
  id_of(outcomes, 1);
  EXPECT_THROW(outcomes.take(RecordNumber(2)), DiskFailure);
}

}  // namespace
}  // namespace payferry
