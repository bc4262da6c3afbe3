#include "loader/run/creator_search.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "loader/run/line_reader.hpp"
#include "loader/source/temp_directory.hpp"
#include "model/outcome.hpp"

namespace payferry {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr RecordNumber kNone;

class CreatorSearchTest : public testing::Test {
 protected:
  void log(std::uint64_t record, OutcomeStatus status, const std::string& id,
           const std::string& message = "") {
    Outcome outcome;
    outcome.record = RecordNumber(record);
    outcome.status = status;
    outcome.id = id;
    outcome.refusal->message = message;
    append_outcome_line(lines_, outcome, {LineNumber(record + 1), "", "key"});
  }
  std::vector<RecordNumber> search(const std::vector<std::string>& ids) {
    CreatorSearch search;
    for (const std::string& id : ids) search.ask_for(id);
    LineReader lines(directory_.write("outcomes.ndjson", lines_));
    while (const auto line = lines.next()) search.note(*line);
    std::vector<RecordNumber> creators;
    for (const std::string& id : ids) creators.push_back(search.creator_of(id));
    return creators;
  }

  TempDirectory directory_;
  std::string lines_;
};

TEST_F(CreatorSearchTest, FindsTheRecordOfEachIdInTheOrderAsked) {
  log(1, OutcomeStatus::created, "100");
  log(2, OutcomeStatus::created, "200");
  log(3, OutcomeStatus::created, "300");
  EXPECT_THAT(search({"300", "999", "100"}), ElementsAre(RecordNumber(3), kNone, RecordNumber(1)));
}

TEST_F(CreatorSearchTest, OnlyARecordThatIsInHubSpotCounts) {
  log(1, OutcomeStatus::unknown, "100");
  log(2, OutcomeStatus::rejected, "100");
  EXPECT_THAT(search({"100"}), ElementsAre(kNone));
  log(3, OutcomeStatus::existing, "100");
  EXPECT_THAT(search({"100"}), ElementsAre(RecordNumber(3)));
}

TEST_F(CreatorSearchTest, TheFirstRecordInTheSourceCounts) {
  log(5, OutcomeStatus::existing, "100");
  log(4, OutcomeStatus::created, "100");
  log(6, OutcomeStatus::existing, "100");
  EXPECT_THAT(search({"100"}), ElementsAre(RecordNumber(4)));
}

TEST_F(CreatorSearchTest, APartOfAnIdIsNotTheId) {
  log(1, OutcomeStatus::created, "1001");
  log(2, OutcomeStatus::created, "2100");
  EXPECT_THAT(search({"100"}), ElementsAre(kNone));
}

TEST_F(CreatorSearchTest, AnIdInAMessageIsNotTheRecordsId) {
  log(1, OutcomeStatus::created, "5", R"(it has "id":"100")");
  EXPECT_THAT(search({"100"}), ElementsAre(kNone));
}

TEST_F(CreatorSearchTest, ALineThatIsNotOursIsPassedOver) {
  lines_ = "{\"id\":\"100\"\n";
  log(2, OutcomeStatus::created, "100");
  lines_ += R"({"record":3,"line":4,"status":"created","id":"100")";  // torn
  EXPECT_THAT(search({"100"}), ElementsAre(RecordNumber(2)));
}

TEST_F(CreatorSearchTest, ALineWithoutAnIdSaysNothing) {
  log(1, OutcomeStatus::created, "");
  EXPECT_THAT(search({""}), ElementsAre(kNone));
}

TEST_F(CreatorSearchTest, ALineThatEndsWithinItsIdSaysNothing) {
  lines_ = R"({"record":1,"line":2,"status":"created","id":"100)"
           "\n";
  EXPECT_THAT(search({"100"}), ElementsAre(kNone));
}

TEST_F(CreatorSearchTest, AnIdThatIsAskedForTwiceIsAnsweredTwice) {
  log(1, OutcomeStatus::created, "100");
  EXPECT_THAT(search({"100", "100"}), ElementsAre(RecordNumber(1), RecordNumber(1)));
}

TEST_F(CreatorSearchTest, WithoutIdsNothingIsFound) {
  log(1, OutcomeStatus::created, "100");
  EXPECT_THAT(search({}), IsEmpty());
}

TEST_F(CreatorSearchTest, WhatNobodyAskedForHasNoCreator) {
  const CreatorSearch search;
  EXPECT_EQ(search.creator_of("100"), kNone);
}

}  // namespace
}  // namespace payferry
