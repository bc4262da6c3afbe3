#include "loader/run/disk_log.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <future>

#include "loader/run/disk_failure.hpp"
#include "loader/run/piped_log.hpp"
#include "loader/run/run_to_end.hpp"
#include "loader/source/temp_directory.hpp"
#include "model/outcome.hpp"

namespace payferry {
namespace {

namespace asio = boost::asio;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

class DiskLogTest : public testing::Test {
 protected:
  void SetUp() override { open(Durability::commit); }

  void open(Durability durability) {
    log_.reset();
    log_ = std::make_unique<DiskLog>(paths_, durability, context_.get_executor());
  }
  void close() { log_.reset(); }
  void append(LogFile file, const std::string& text) { log_->buffer(file) += text; }
  void commit() { test::run_to_end(context_, log_->commit()); }
  /// A commit that is under way until the context runs. Notes `name` when it is over.
  void start_commit(const std::string& name) {
    asio::co_spawn(context_, log_->commit(), [this, name](std::exception_ptr error) {
      over_.push_back(name + (error ? " failed" : ""));
    });
    context_.restart();
    context_.poll();
  }
  void run() {
    context_.restart();
    context_.run();
  }
  std::string failure() {
    try {
      commit();
    } catch (const DiskFailure& failure) {
      return failure.what();
    }
    return "";
  }

  TempDirectory directory_;
  DiskLog::Paths paths_{directory_.path() / "rejects.csv", directory_.path() / "unknown.csv",
                        directory_.path() / "outcomes.ndjson",
                        directory_.path() / "attempts.ndjson"};
  asio::io_context context_;
  std::unique_ptr<DiskLog> log_;
  std::vector<std::string> over_;
};

TEST_F(DiskLogTest, WhatIsCommittedStandsInItsFile) {
  append(LogFile::rejects, "r\n");
  append(LogFile::unknown, "u\n");
  append(LogFile::outcomes, "o1\n");
  append(LogFile::outcomes, "o2\n");
  append(LogFile::attempts, "a\n");
  EXPECT_EQ(directory_.read("outcomes.ndjson"), "");
  commit();
  EXPECT_EQ(directory_.read("rejects.csv"), "r\n");
  EXPECT_EQ(directory_.read("unknown.csv"), "u\n");
  EXPECT_EQ(directory_.read("outcomes.ndjson"), "o1\no2\n");
  EXPECT_EQ(directory_.read("attempts.ndjson"), "a\n");
}

TEST_F(DiskLogTest, RelaxedDurabilityWritesTheSame) {
  open(Durability::relaxed);
  append(LogFile::outcomes, "o1\n");
  commit();
  EXPECT_EQ(directory_.read("outcomes.ndjson"), "o1\n");
}

TEST_F(DiskLogTest, AFileIsMadeWhenItsFirstByteIsWrittenAndForItsUserOnly) {
  commit();
  EXPECT_FALSE(std::filesystem::exists(paths_[0]));
  append(LogFile::rejects, "r\n");
  commit();
  struct stat status {};
  ASSERT_EQ(::stat(paths_[0].c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777, 0600U);
  EXPECT_FALSE(std::filesystem::exists(paths_[1]));
}

TEST_F(DiskLogTest, TheSizeHasWhatIsDurableWhatIsUnderWayAndWhatGathers) {
  append(LogFile::outcomes, "1\n");
  commit();
  EXPECT_EQ(log_->size(LogFile::outcomes), 2U);
  append(LogFile::outcomes, "22\n");
  start_commit("second");
  append(LogFile::outcomes, "333\n");
  EXPECT_EQ(log_->size(LogFile::outcomes), 9U);
  EXPECT_EQ(log_->size(LogFile::attempts), 0U);
  commit();
  EXPECT_EQ(log_->size(LogFile::outcomes), 9U);
  EXPECT_EQ(directory_.read("outcomes.ndjson"), "1\n22\n333\n");
}

TEST_F(DiskLogTest, WhatGathersWhileAGroupIsFlushedIsFlushedInTheNext) {
  append(LogFile::outcomes, "1\n");
  start_commit("first");
  append(LogFile::outcomes, "2\n");
  start_commit("second");
  append(LogFile::outcomes, "3\n");
  start_commit("third");
  run();
  EXPECT_THAT(over_, ElementsAre("first", "second", "third"));
  EXPECT_EQ(directory_.read("outcomes.ndjson"), "1\n2\n3\n");
}

TEST_F(DiskLogTest, CommitsOfOneTurnOfTheLoopShareAGroup) {
  std::vector<std::uintmax_t> on_disk;
  for (const char* const line : {"1\n", "2\n"}) {
    asio::post(context_, [this, line, &on_disk] {
      append(LogFile::outcomes, line);
      asio::co_spawn(context_, log_->commit(), [this, &on_disk](std::exception_ptr) {
        on_disk.push_back(std::filesystem::file_size(paths_[2]));
      });
    });
  }
  run();
  EXPECT_THAT(on_disk, ElementsAre(4U, 4U));
}

/// A flush is what a commit costs, so that those which follow each other closely share one.
TEST_F(DiskLogTest, GroupsBeginSomeTimeApart) {
  constexpr int kCommits = 20;
  const auto begin = std::chrono::steady_clock::now();
  for (int i = 0; i < kCommits; ++i) commit();
  const auto took = std::chrono::steady_clock::now() - begin;
  EXPECT_GE(took, (kCommits - 1) * DiskLog::kBetweenGroups);
}

// Not held back for others to join it, a group is with the disk thread, which ends with it.
TEST_F(DiskLogTest, WithRelaxedDurabilityAGroupBeginsAtOnce) {
  open(Durability::relaxed);
  append(LogFile::outcomes, "1\n");
  commit();  // makes the file, which takes long
  append(LogFile::outcomes, "2\n");
  commit();
  append(LogFile::outcomes, "3\n");
  start_commit("third");
  close();
  EXPECT_EQ(directory_.read("outcomes.ndjson"), "1\n2\n3\n");
}

TEST_F(DiskLogTest, WhatWasNotCommittedIsNotWritten) {
  append(LogFile::outcomes, "1\n");
  commit();
  append(LogFile::outcomes, "2\n");
  close();
  EXPECT_EQ(directory_.read("outcomes.ndjson"), "1\n");
}

TEST_F(DiskLogTest, OpenedAgainItGoesOnBehindWhatIsThere) {
  append(LogFile::outcomes, "1\n");
  commit();
  open(Durability::commit);
  EXPECT_EQ(log_->size(LogFile::outcomes), 2U);
  append(LogFile::outcomes, "2\n");
  commit();
  EXPECT_EQ(directory_.read("outcomes.ndjson"), "1\n2\n");
  EXPECT_EQ(log_->size(LogFile::outcomes), 4U);
}

TEST_F(DiskLogTest, FindsCreatorsInWhatWasAppendedEvenIfNotYetCommitted) {
  Outcome outcome;
  outcome.record = RecordNumber(5);
  outcome.status = OutcomeStatus::created;
  outcome.id = "77";
  append_outcome_line(log_->buffer(LogFile::outcomes), outcome, {LineNumber(6), "", ""});
  const auto creators = test::run_sync(context_, log_->find_creators({"99", "77"}));
  EXPECT_THAT(creators, ElementsAre(RecordNumber(), RecordNumber(5)));
}

/// Searches that go on until the test lets them end.
class DiskLogSearchTest : public DiskLogTest {
 protected:
  void start_search(const std::string& id) {
    auto on_end = [this](std::exception_ptr error, std::vector<RecordNumber> creators) {
      over_.push_back(error ? "search failed" : "found " + std::to_string(creators[0].value()));
    };
    asio::co_spawn(context_, log_->find_creators({id}),
                   asio::bind_cancellation_slot(cancel_.slot(), std::move(on_end)));
  }
  /// Runs what there is to be done until so much is over, or for much longer than it takes.
  void run_until_over(std::size_t count) {
    context_.restart();
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (over_.size() < count && std::chrono::steady_clock::now() < end)
      context_.run_one_until(end);
  }
  /// The commit that a search begins with is done by the network's thread, here the test's.
  void await_pass() {
    context_.restart();
    auto log_is_opened = std::async(std::launch::async, [this] { outcomes_.await_pass(); });
    while (log_is_opened.wait_for(std::chrono::seconds(0)) != std::future_status::ready)
      context_.run_one_for(std::chrono::milliseconds(1));
  }

  test::PipedLog outcomes_{paths_[static_cast<std::size_t>(LogFile::outcomes)]};
  asio::cancellation_signal cancel_;
};

TEST_F(DiskLogSearchTest, ACommitDoesNotWaitForASearch) {
  start_search("77");
  await_pass();
  append(LogFile::attempts, "a\n");
  start_commit("commit");
  run_until_over(1);
  EXPECT_THAT(over_, ElementsAre("commit"));
  outcomes_.give(test::created_line(5, "77"));
  outcomes_.end_pass();
  run_until_over(2);
  EXPECT_THAT(over_, ElementsAre("commit", "found 5"));
}

TEST_F(DiskLogSearchTest, CancellingEndsTheWaitThoughTheSearchGoesOn) {
  start_search("77");
  await_pass();
  cancel_.emit(asio::cancellation_type::terminal);
  run_until_over(1);
  EXPECT_THAT(over_, ElementsAre("search failed"));
  outcomes_.end_pass();
}

class DiskLogFailureTest : public DiskLogTest {
 protected:
  void SetUp() override {
    std::filesystem::create_directory(gone_);
    paths_[static_cast<std::size_t>(LogFile::outcomes)] = gone_ / "outcomes.ndjson";
    DiskLogTest::SetUp();
    std::filesystem::remove(gone_);
  }

  const std::filesystem::path gone_ = directory_.path() / "gone";
};

TEST_F(DiskLogFailureTest, NamesTheFileAndTheRemedy) {
  append(LogFile::outcomes, "1\n");
  EXPECT_THAT(failure(), AllOf(HasSubstr("Cannot open " + (gone_ / "outcomes.ndjson").string()),
                               HasSubstr(". Mend the disk.")));
}

TEST_F(DiskLogFailureTest, FromThenOnEveryCommitFails) {
  append(LogFile::outcomes, "1\n");
  const std::string first = failure();
  EXPECT_NE(first, "");
  std::filesystem::create_directory(gone_);
  EXPECT_EQ(failure(), first);
  append(LogFile::attempts, "a\n");
  EXPECT_EQ(failure(), first);
  EXPECT_THROW(test::run_sync(context_, log_->find_creators({"1"})), DiskFailure);
}

TEST_F(DiskLogFailureTest, WhatALaterFileSaysIsNotWrittenWithoutTheEarlierOnes) {
  append(LogFile::outcomes, "1\n");
  append(LogFile::attempts, "a\n");
  append(LogFile::rejects, "r\n");
  EXPECT_NE(failure(), "");
  EXPECT_EQ(directory_.read("attempts.ndjson"), "");
  EXPECT_EQ(directory_.read("rejects.csv"), "r\n");
}

TEST_F(DiskLogFailureTest, NothingIsWrittenAfterAFailure) {
  append(LogFile::outcomes, "1\n");
  EXPECT_NE(failure(), "");
  append(LogFile::attempts, "a checkpoint that counts on the lost outcome\n");
  EXPECT_NE(failure(), "");
  close();
  EXPECT_EQ(directory_.read("attempts.ndjson"), "");
}

TEST_F(DiskLogFailureTest, ThoseWhoWaitForTheNextGroupFailToo) {
  append(LogFile::outcomes, "1\n");
  start_commit("first");
  append(LogFile::attempts, "a\n");
  start_commit("second");
  run();
  EXPECT_THAT(over_, ElementsAre("first failed", "second failed"));
  close();
  EXPECT_EQ(directory_.read("attempts.ndjson"), "");
}

TEST_F(DiskLogTest, DoesNotWriteThroughALink) {
  directory_.write("elsewhere", "keep this");
  std::filesystem::create_symlink(directory_.file("elsewhere"), paths_[2]);
  append(LogFile::outcomes, "1\n");
  EXPECT_THAT(failure(), HasSubstr(paths_[2].string()));
  EXPECT_EQ(directory_.read("elsewhere"), "keep this");
}

TEST_F(DiskLogTest, AFullDiskIsNamed) {
  if (!std::filesystem::exists("/dev/full")) GTEST_SKIP() << "there is no /dev/full";
  paths_[2] = "/dev/full";
  open(Durability::relaxed);
  append(LogFile::outcomes, "1\n");
  EXPECT_THAT(failure(), AllOf(HasSubstr("Cannot write /dev/full"),
                               HasSubstr("No space left on device. Free some space there.")));
}

}  // namespace
}  // namespace payferry
