#include "loader/run/creator_finder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <thread>

#include "loader/run/disk_failure.hpp"
#include "loader/run/piped_log.hpp"
#include "loader/source/temp_directory.hpp"
#include "support/run_sync.hpp"

namespace payferry {
namespace {

namespace asio = boost::asio;
using test::created_line;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr RecordNumber kNone;

class CreatorFinderTest : public testing::Test {
 protected:
  std::vector<RecordNumber> find(const std::filesystem::path& outcomes,
                                 std::vector<std::string> ids) {
    CreatorFinder finder(outcomes, context_.get_executor());
    return test::run_sync(context_, finder.find(std::move(ids)));
  }

  asio::cancellation_signal cancel_;  ///< outlives the coroutine that it cancels
  asio::io_context context_;
  TempDirectory directory_;
};

TEST_F(CreatorFinderTest, FindsTheRecordOfEachIdInTheOrderAsked) {
  const auto outcomes = directory_.write(
      "outcomes.ndjson", created_line(1, "100") + created_line(2, "200") + created_line(3, "300"));
  EXPECT_THAT(find(outcomes, {"300", "999", "100"}),
              ElementsAre(RecordNumber(3), kNone, RecordNumber(1)));
}

TEST_F(CreatorFinderTest, WithoutALogNothingIsFound) {
  EXPECT_THAT(find(directory_.file("nothing"), {"1"}), ElementsAre(kNone));
}

TEST_F(CreatorFinderTest, ATornLineSaysNothing) {
  std::string torn = created_line(1, "100");
  torn.pop_back();
  EXPECT_THAT(find(directory_.write("outcomes.ndjson", torn), {"100"}), ElementsAre(kNone));
}

TEST_F(CreatorFinderTest, ALogThatCannotBeReadIsAFailure) {
  EXPECT_THROW(find(directory_.path(), {"1"}), DiskFailure);
}

TEST_F(CreatorFinderTest, WhatIsNeverAskedCostsNothing) {
  const CreatorFinder finder(directory_.path(), context_.get_executor());
  EXPECT_EQ(context_.poll(), 0U);
}

/// The test says how long a pass takes.
class CreatorFinderPassTest : public CreatorFinderTest {
 protected:
  void start_search(const std::string& id, asio::cancellation_slot cancelled = {}) {
    auto on_end = [this](std::exception_ptr error, std::vector<RecordNumber> creators) {
      over_.push_back(error ? "cancelled" : "found " + std::to_string(creators[0].value()));
    };
    asio::co_spawn(context_, finder_->find({id}),
                   asio::bind_cancellation_slot(cancelled, std::move(on_end)));
    poll();
  }
  void poll() {
    context_.restart();
    context_.poll();
  }
  void run() {
    context_.restart();
    context_.run();
  }

  test::PipedLog log_{directory_.path() / "outcomes.ndjson"};
  std::unique_ptr<CreatorFinder> finder_ =
      std::make_unique<CreatorFinder>(log_.path(), context_.get_executor());
  std::vector<std::string> over_;
};

TEST_F(CreatorFinderPassTest, WhatIsAskedDuringAPassSharesTheNextOne) {
  start_search("100");
  log_.await_pass();
  start_search("200");
  start_search("100");
  start_search("300");
  log_.give(created_line(1, "100") + created_line(2, "200"));
  log_.end_pass();
  while (over_.empty()) context_.run_one();
  EXPECT_THAT(over_, ElementsAre("found 1"));

  log_.await_pass();
  log_.give(created_line(1, "100") + created_line(2, "200") + created_line(3, "300"));
  log_.end_pass();
  run();
  EXPECT_THAT(over_, ElementsAre("found 1", "found 2", "found 1", "found 3"));
}

TEST_F(CreatorFinderPassTest, CancellingEndsAtOnceWhoWaitsForThePassUnderWay) {
  start_search("100", cancel_.slot());
  log_.await_pass();
  cancel_.emit(asio::cancellation_type::terminal);
  poll();
  EXPECT_THAT(over_, ElementsAre("cancelled"));
  log_.give(created_line(1, "100"));
  log_.end_pass();
  context_.restart();
  asio::executor_work_guard<asio::io_context::executor_type> until_pass_is_over(
      context_.get_executor());
  EXPECT_EQ(context_.run_one(), 1U) << "the answer for nobody";
  EXPECT_THAT(over_, ElementsAre("cancelled"));
}

TEST_F(CreatorFinderPassTest, CancellingEndsAtOnceWhoWaitsForTheNextPass) {
  start_search("100");
  log_.await_pass();
  start_search("200", cancel_.slot());
  start_search("300");
  cancel_.emit(asio::cancellation_type::terminal);
  poll();
  EXPECT_THAT(over_, ElementsAre("cancelled"));
  log_.give(created_line(1, "100"));
  log_.end_pass();
  while (over_.size() < 2) context_.run_one();
  EXPECT_THAT(over_, ElementsAre("cancelled", "found 1"));

  log_.await_pass();
  log_.give(created_line(3, "300"));
  log_.end_pass();
  run();
  EXPECT_THAT(over_, ElementsAre("cancelled", "found 1", "found 3"));
}

TEST_F(CreatorFinderPassTest, ItsEndBreaksOffAPassUnderWay) {
  start_search("100");
  log_.await_pass();
  start_search("200");
  std::thread endless_log([this] { log_.give_without_end(created_line(1, "100")); });
  finder_.reset();
  endless_log.join();
  poll();
  EXPECT_THAT(over_, IsEmpty()) << "a part of the log is no answer";
}

}  // namespace
}  // namespace payferry
