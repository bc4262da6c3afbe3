#include "loader/report/outcomes_fold.hpp"

#include <gtest/gtest.h>

#include "loader/report/sample_run.hpp"

namespace payferry {
namespace {

using test::SampleRun;
using test::second;

TEST(OutcomesFold, CountsEveryStatusAndSeesTheLastRecord) {
  SampleRun run;
  fill(run);
  run.write();
  Activity activity(100);
  OutcomesFold fold(activity);
  fold.read(run.file("outcomes.ndjson"));
  EXPECT_EQ(fold.tally().created, 4U);
  EXPECT_EQ(fold.tally().existing, 1U);
  EXPECT_EQ(fold.tally().invalid, 2U);
  EXPECT_EQ(fold.tally().rejected, 1U);
  EXPECT_EQ(fold.last_record(), RecordNumber(8));
  EXPECT_EQ(fold.causes().by_count().size(), 2U);
  EXPECT_EQ(activity.at(second(3)).of(OutcomeStatus::created), 4U);
  EXPECT_EQ(fold.unreadable(), 0U);
}

TEST(OutcomesFold, LinesThatAreNoneAreCountedAndCostNothingElse) {
  Activity activity(100);
  OutcomesFold fold(activity);
  for (const char* line :
       {"", "{", "[]", "null", R"({"record":1,"status":"created"})",
        R"({"record":1,"line":2,"status":"loaded","at":"2026-11-23T10:00:00Z"})",
        R"({"record":-1,"line":2,"status":"created","at":"2026-11-23T10:00:00Z"})"})
    fold.take(line);
  EXPECT_EQ(fold.unreadable(), 7U);
  EXPECT_EQ(fold.tally().settled(), 0U);
  EXPECT_TRUE(activity.bins().empty());
}

TEST(OutcomesFold, AFileThatIsNotThereHasNoOutcomes) {
  Activity activity(100);
  OutcomesFold fold(activity);
  fold.read("/nowhere/outcomes.ndjson");
  EXPECT_EQ(fold.tally().settled(), 0U);
}

}  // namespace
}  // namespace payferry
