#include "loader/undo/archiving.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "loader/undo/undo_samples.hpp"

namespace payferry::test {
namespace {

using testing::ElementsAre;

class ArchivingTest : public testing::Test {
 protected:
  ArchivingTest() {
    for (std::uint64_t number = 1; number <= 4; ++number)
      batch_.records.push_back(created_record(number));
  }
  static void take(Archiving& progress, Archiving::Portion portion, int status,
                   const std::string& body = "") {
    Answer answer;
    answer.reach = Reach::answered;
    answer.status = status;
    answer.body = body;
    const auto ids = progress.ids(portion);
    CallVerdict verdict = classify_archive(answer, decode_batch_answer(body, {}), ids);
    progress.take(std::move(portion), std::move(verdict));
  }
  static std::vector<UndoStatus> statuses(const Archiving& progress) {
    std::vector<UndoStatus> statuses;
    for (const auto& entry : progress.entries()) statuses.push_back(entry.status);
    return statuses;
  }

  UndoBatch batch_;
};

TEST_F(ArchivingTest, AllAreArchivedAtOnce) {
  Archiving progress(batch_);
  const auto portion = progress.next();
  ASSERT_TRUE(portion);
  EXPECT_THAT(progress.ids(*portion), ElementsAre("1001", "1002", "1003", "1004"));
  take(progress, *portion, 204);
  EXPECT_TRUE(progress.is_done());
  EXPECT_THAT(statuses(progress), testing::Each(UndoStatus::archived));
  EXPECT_EQ(progress.entries()[2].record->id, "1003");
}

TEST_F(ArchivingTest, ARecordWithoutIdIsNotSentAndIsTold) {
  batch_.records[1].id.clear();
  Archiving progress(batch_);
  const auto portion = progress.next();
  EXPECT_THAT(progress.ids(*portion), ElementsAre("1001", "1003", "1004"));
  take(progress, *portion, 204);
  EXPECT_EQ(statuses(progress)[1], UndoStatus::without_id);
}

TEST_F(ArchivingTest, WithoutAnyIdThereIsNothingToSend) {
  for (CreatedRecord& record : batch_.records) record.id.clear();
  Archiving progress(batch_);
  EXPECT_FALSE(progress.next());
  EXPECT_TRUE(progress.is_done());
}

TEST_F(ArchivingTest, ARecordThatCannotBeArchivedKeepsNoneOfItsNeighbours) {
  Archiving progress(batch_);
  while (const auto portion = progress.next()) {
    const auto ids = progress.ids(*portion);
    const bool holds_it = std::find(ids.begin(), ids.end(), "1003") != ids.end();
    take(progress, *portion, holds_it ? 400 : 204,
         holds_it ? R"({"category":"VALIDATION_ERROR","message":"made by HubSpot payments"})" : "");
  }
  EXPECT_THAT(statuses(progress), ElementsAre(UndoStatus::archived, UndoStatus::archived,
                                              UndoStatus::refused, UndoStatus::archived));
  EXPECT_EQ(progress.entries()[2].refusal->message, "made by HubSpot payments");
}

TEST_F(ArchivingTest, AfterAFaultOfTheServersTheSameIsSentAgain) {
  Archiving progress(batch_);
  take(progress, *progress.next(), 502, "<html>");
  EXPECT_FALSE(progress.is_done());
  EXPECT_EQ(progress.next()->size(), 4U);
}

TEST_F(ArchivingTest, WhatIsNotThereAnyMoreIsDoneWith) {
  Archiving progress(batch_);
  take(progress, *progress.next(), 404,
       R"({"category":"OBJECT_NOT_FOUND","message":"no","context":{"ids":["1002"]}})");
  const auto rest = progress.next();
  ASSERT_TRUE(rest);
  EXPECT_THAT(progress.ids(*rest), ElementsAre("1001", "1003", "1004"));
  take(progress, *rest, 204);
  EXPECT_THAT(statuses(progress), testing::Each(UndoStatus::archived));
}

}  // namespace
}  // namespace payferry::test
