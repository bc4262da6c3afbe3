#include "loader/undo/undo_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace payferry {
namespace {

using testing::EndsWith;
using testing::HasSubstr;

UndoEnd whole() {
  UndoEnd end;
  end.created.created = 12'000;
  end.counts.archived = 12'000;
  return end;
}

TEST(UndoText, TheQuestionNamesHowManyOfWhatOfWhichRunWhere) {
  const std::string question =
      undo_question({12'000, "commerce_payments", "run-1", "4242", "https://api.hubapi.com"});
  EXPECT_EQ(question,
            "Archive 12,000 records of commerce_payments that run run-1\n"
            "created in HubSpot, account 4242 at https://api.hubapi.com?\n"
            "What is archived can be restored there for 90 days. Type yes to archive them: ");
}

TEST(UndoText, AYesIsOneInAnyCase) {
  for (const char* yes : {"yes", "y", "Y", "YES", "Yes", " yes ", "yes\r"})
    EXPECT_TRUE(means_yes(yes)) << yes;
  for (const char* no : {"", "n", "no", "yes no", "yeah", "1", "oy"})
    EXPECT_FALSE(means_yes(no)) << no;
}

TEST(UndoText, WhenAllIsArchivedItSaysSo) {
  EXPECT_TRUE(is_all_archived(whole()));
  EXPECT_THAT(undo_text(whole(), "runs/may"), EndsWith("All that this run created is archived.\n"));
}

TEST(UndoText, AStopSaysHowToGoOn) {
  UndoEnd end = whole();
  end.stopped = "HubSpot cannot be reached: no connection to api.hubapi.com:443 could be made";
  EXPECT_FALSE(is_all_archived(end));
  EXPECT_THAT(undo_text(end, "runs/may"), EndsWith("\n" + end.stopped +
                                                   ". What is archived stays so; go on with:\n"
                                                   "  payferry undo runs/may\n"));
}

TEST(UndoText, ASentenceThatHasItsFullStopGetsNoOther) {
  UndoEnd end = whole();
  end.stopped = "HubSpot refuses the token. Make a new one.";
  EXPECT_THAT(undo_text(end, "r"), HasSubstr("\n" + end.stopped + " What is archived stays so;"));
}

TEST(UndoText, WhatMayStillStandThereIsSaidLoudly) {
  UndoEnd without_id = whole();
  without_id.counts.without_id = 2;
  EXPECT_FALSE(is_all_archived(without_id));
  EXPECT_THAT(undo_text(without_id, "r"), HasSubstr("WARNING: 2 records were created"));
  without_id.counts.without_id = 1;
  EXPECT_THAT(undo_text(without_id, "r"), HasSubstr("WARNING: 1 record was created"));
  UndoEnd unknown = whole();
  unknown.created.unknown = 1;
  EXPECT_FALSE(is_all_archived(unknown));
  EXPECT_THAT(undo_text(unknown, "r"),
              HasSubstr("\nWARNING: HubSpot may hold 1 record of unknown fate; look there for what "
                        "stands in unknown.csv or unknown.ndjson.\n"));
  UndoEnd in_doubt = whole();
  in_doubt.in_doubt = 100;
  EXPECT_FALSE(is_all_archived(in_doubt));
  EXPECT_THAT(undo_text(in_doubt, "r"), HasSubstr("100 records that were under way when"));
  in_doubt.in_doubt = 1;
  EXPECT_THAT(undo_text(in_doubt, "r"), HasSubstr("1 record that was under way when"));
  UndoEnd refused = whole();
  refused.counts.refused = 1;
  EXPECT_FALSE(is_all_archived(refused));
  EXPECT_THAT(undo_text(refused, "r"), HasSubstr("1 record could not be archived"));
}

TEST(UndoText, ARunThatCreatedNothingHasNothingToUndo) {
  EXPECT_THAT(undo_text({}, "r"), HasSubstr("nothing to undo"));
}

}  // namespace
}  // namespace payferry
