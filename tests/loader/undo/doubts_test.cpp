#include "loader/undo/doubts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "loader/calls/calls_fixture.hpp"
#include "loader/delivery/key_mapping.hpp"
#include "loader/delivery/list_reader.hpp"
#include "loader/run/outcome_line.hpp"
#include "loader/source/temp_directory.hpp"

namespace payferry::test {
namespace {

using namespace std::chrono_literals;
using testing::IsEmpty;
using testing::SizeIs;

TEST(FindDoubtful, OnlyWhatIsInDoubtIsReadFromTheCheckpointOn) {
  ResumeState state;
  state.start.next = RecordNumber(3);
  state.start.position.offset = ByteOffset(2);
  state.in_doubt[RecordNumber(4)].attempts = 2;
  state.in_doubt[RecordNumber(6)].attempts = 1;
  ListReader reader(good_rows(9));
  const auto doubtful = find_doubtful(reader, key_mapping(), state);
  ASSERT_THAT(doubtful, SizeIs(2));
  EXPECT_EQ(doubtful[0].record, RecordNumber(4));
  EXPECT_EQ(doubtful[0].key, "k4");
  EXPECT_EQ(doubtful[0].doubt.attempts, 2U);
  EXPECT_EQ(doubtful[1].key, "k6");
  EXPECT_EQ(reader.resumed_at, RecordNumber(3));
}

class DoubtSettlerTest : public CallsFixture {
 protected:
  DoubtSettlerTest() {
    settings_.mapping.id_property = kKeyProperty;
    settings_.retry.settle_after = 10s;
  }
  void use_run_property() {
    settings_.mapping.run_property = "payferry_run";
    options_.run.has_run_property = true;
    options_.run.run_id = "run-1";
  }
  /// Records "k1", "k2", … sent so long ago.
  void settle(std::size_t count, std::chrono::milliseconds ago = 1h) {
    std::vector<DoubtfulRecord> records(count);
    for (std::size_t i = 0; i < count; ++i) {
      records[i].record = RecordNumber(i + 1);
      records[i].position.line = LineNumber(i + 2);
      records[i].key = "k" + std::to_string(i + 1);
      records[i].doubt.sent = SendTime(time_.wall_now() - ago);
      records[i].doubt.attempts = 1;
    }
    settler_.emplace(calls(), std::move(records), outcomes_, options_);
    start(run_batches(calls(), *settler_, {}));
    run();
    EXPECT_TRUE(has_ended_);
    EXPECT_FALSE(failure_);
  }
  /// An answer of batch read in which HubSpot has these.
  void have(const std::string& results, const std::string& missing = "") {
    std::string body = R"({"results":[)" + results + "]";
    if (!missing.empty()) {
      body += R"(,"errors":[{"category":"OBJECT_NOT_FOUND","context":{"ids":[)" + missing + "]}}]";
    }
    api_.answers.push_back(AnsweringHubSpot::success(body + "}", missing.empty() ? 200 : 207));
  }
  std::string record(const std::string& key, const std::string& run, Instant created) {
    return R"({"id":"51","createdAt":")" + to_iso8601(created) + R"(","properties":{")" +
           std::string(kKeyProperty) + R"(":")" + key + R"(","payferry_run":")" + run + R"("}})";
  }
  std::string logged() const { return directory_.read("outcomes.ndjson"); }

  TempDirectory directory_;
  AppendFile outcomes_{directory_.path() / "outcomes.ndjson"};
  DoubtSettler::Options options_;
  std::optional<DoubtSettler> settler_;
};

TEST_F(DoubtSettlerTest, WhatTheRunPropertyNamesOursIsLoggedAsCreated) {
  use_run_property();
  have(record("k1", "run-1", time_.wall_now()));
  settle(1);
  EXPECT_THAT(settler_->left(), IsEmpty());
  std::string line = logged();
  ASSERT_FALSE(line.empty());
  line.pop_back();
  const auto outcome = parse_outcome_line(line);
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->outcome.status, OutcomeStatus::created);
  EXPECT_EQ(outcome->outcome.id, "51");
  EXPECT_EQ(outcome->key, "k1");
  EXPECT_EQ(outcome->line, LineNumber(2));
}

TEST_F(DoubtSettlerTest, WhatAnotherRunMadeIsLeftAlone) {
  use_run_property();
  have(record("k1", "run-0", time_.wall_now()));
  settle(1);
  EXPECT_THAT(settler_->left(), IsEmpty());
  EXPECT_EQ(logged(), "");
}

TEST_F(DoubtSettlerTest, WhatHubSpotDoesNotHaveIsNoLongerInDoubt) {
  have("", R"("k1","k2")");
  settle(2);
  EXPECT_THAT(settler_->left(), IsEmpty());
  EXPECT_EQ(logged(), "");
}

TEST_F(DoubtSettlerTest, WhatCannotBeToldStaysInDoubtWithItsId) {
  have(record("k1", "", time_.wall_now() - 30min));
  settle(1);
  ASSERT_THAT(settler_->left(), SizeIs(1));
  EXPECT_EQ(settler_->left()[0].id, "51");
  EXPECT_EQ(logged(), "");
}

TEST_F(DoubtSettlerTest, HubSpotGetsTheTimeToFinishFirst) {
  have("", R"("k1")");
  settle(1, 3s);
  EXPECT_GE(api_.sent.at(0), 7s);
  EXPECT_LT(api_.sent.at(0), 8s);
}

TEST_F(DoubtSettlerTest, AnEmptyAnswerIsAskedForInHalves) {
  have("", R"("k1")");
  have("", R"("k2")");
  have("", R"("k1")");
  settle(2);
  EXPECT_THAT(settler_->left(), IsEmpty());
  EXPECT_THAT(api_.bodies, SizeIs(3));
}

TEST_F(DoubtSettlerTest, WithoutAKeyNothingIsAskedAndAllStaysInDoubt) {
  std::vector<DoubtfulRecord> records(3);
  settler_.emplace(calls(), std::move(records), outcomes_, options_);
  start(run_batches(calls(), *settler_, {}));
  run();
  EXPECT_THAT(settler_->left(), SizeIs(3));
  EXPECT_THAT(api_.bodies, IsEmpty());
}

}  // namespace
}  // namespace payferry::test
