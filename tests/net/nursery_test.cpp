#include "net/nursery.hpp"

#include <gtest/gtest.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/system/system_error.hpp>
#include <stdexcept>

#include "support/virtual_time.hpp"

namespace payferry {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

asio::awaitable<void> sleep_and_count(Time& time, SteadyDuration duration, int& count) {
  co_await time.sleep_for(duration);
  ++count;
}

asio::awaitable<void> fail_after(Time& time, SteadyDuration duration) {
  co_await time.sleep_for(duration);
  throw std::runtime_error("child failed");
}

asio::awaitable<void> fail_when_cancelled(Time& time) {
  bool cancelled = false;
  try {
    co_await time.sleep_for(1h);
  } catch (const boost::system::system_error&) {
    cancelled = true;
  }
  if (cancelled) throw std::runtime_error("leaving failed");
}

std::string message_of(const std::exception_ptr& error) {
  try {
    std::rethrow_exception(error);
  } catch (const std::exception& failure) {
    return failure.what();
  }
}

class NurseryTest : public testing::Test {
 protected:
  asio::io_context context_;
  test::VirtualTime time_{context_};
  Nursery nursery_{context_.get_executor()};
  std::exception_ptr error_;
  bool joined_ = false;

  void join() {
    asio::co_spawn(context_, nursery_.join(), [this](std::exception_ptr error) {
      joined_ = true;
      error_ = std::move(error);
    });
  }
};

TEST_F(NurseryTest, JoinReturnsWhenAllChildrenHaveEnded) {
  int count = 0;
  nursery_.start(sleep_and_count(time_, 1s, count));
  nursery_.start(sleep_and_count(time_, 3s, count));
  join();
  time_.run_until(SteadyPoint(2s));
  EXPECT_EQ(count, 1);
  EXPECT_FALSE(joined_);
  time_.run();
  EXPECT_EQ(count, 2);
  EXPECT_TRUE(joined_);
  EXPECT_FALSE(error_);
}

TEST_F(NurseryTest, TheFirstErrorCancelsTheOthersAndComesOutOfJoin) {
  int count = 0;
  nursery_.start(sleep_and_count(time_, 1h, count));
  nursery_.start(fail_after(time_, 1s));
  join();
  time_.run();
  ASSERT_TRUE(joined_);
  EXPECT_EQ(count, 0);
  EXPECT_LT(time_.now(), SteadyPoint(1min));
  EXPECT_THROW(std::rethrow_exception(error_), std::runtime_error);
}

TEST_F(NurseryTest, CancelEndsAllAndIsNoError) {
  int count = 0;
  nursery_.start(sleep_and_count(time_, 1h, count));
  nursery_.start(sleep_and_count(time_, 2h, count));
  join();
  time_.run_until(SteadyPoint(1s));
  nursery_.cancel();
  time_.run();
  ASSERT_TRUE(joined_);
  EXPECT_FALSE(error_);
  EXPECT_EQ(count, 0);
}

/// Children and the watches beside them, as run_watched() has them.
class WatchedTest : public NurseryTest {
 protected:
  Nursery watches_{context_.get_executor()};
  asio::cancellation_signal cancel_;
  int ended_ = 0;
  int watched_ = 0;

  asio::awaitable<void> start_children(bool fails) {
    nursery_.start(sleep_and_count(time_, 3s, ended_));
    co_await time_.sleep_for(1s);
    if (fails) throw std::runtime_error("starting failed");
    nursery_.start(sleep_and_count(time_, 3s, ended_));
  }

  void run(bool fails = false) {
    watches_.start(sleep_and_count(time_, 1h, watched_));
    auto on_end = [this](std::exception_ptr error) {
      joined_ = true;
      error_ = std::move(error);
      EXPECT_EQ(nursery_.running() + watches_.running(), 0U);
    };
    asio::co_spawn(context_, run_watched(start_children(fails), nursery_, watches_),
                   asio::bind_cancellation_slot(cancel_.slot(), std::move(on_end)));
  }

  void cancel_at(SteadyDuration time) {
    time_.run_until(SteadyPoint(time));
    cancel_.emit(asio::cancellation_type::terminal);
    time_.run();
  }
};

TEST_F(WatchedTest, WatchesEndWithTheLastChild) {
  run();
  time_.run();
  EXPECT_TRUE(joined_);
  EXPECT_FALSE(error_);
  EXPECT_EQ(ended_, 2);
  EXPECT_EQ(watched_, 0);
  EXPECT_EQ(time_.now(), SteadyPoint(4s));
}

TEST_F(WatchedTest, WhatFailsWhileItStartsChildrenCancelsThem) {
  run(true);
  time_.run();
  ASSERT_TRUE(joined_);
  EXPECT_THROW(std::rethrow_exception(error_), std::runtime_error);
  EXPECT_EQ(ended_, 0);
  EXPECT_EQ(time_.now(), SteadyPoint(1s));
}

TEST_F(WatchedTest, AChildThatFailsEndsAll) {
  nursery_.start(fail_after(time_, 2s));
  run();
  time_.run();
  ASSERT_TRUE(joined_);
  EXPECT_THROW(std::rethrow_exception(error_), std::runtime_error);
  EXPECT_EQ(ended_, 0);
  EXPECT_EQ(time_.now(), SteadyPoint(2s));
}

TEST_F(WatchedTest, OfTwoErrorsTheFirstComesOut) {
  nursery_.start(fail_when_cancelled(time_));
  run(true);
  time_.run();
  ASSERT_TRUE(joined_);
  EXPECT_EQ(message_of(error_), "starting failed");
}

TEST_F(WatchedTest, AChildThatFailsBeforeTheStartDoesIsTheFirst) {
  nursery_.start(fail_after(time_, 500ms));
  run(true);
  time_.run();
  ASSERT_TRUE(joined_);
  EXPECT_EQ(message_of(error_), "child failed");
}

TEST_F(WatchedTest, CancelledWhileItStartsChildrenItLeavesNobodyBehind) {
  run();
  cancel_at(500ms);
  ASSERT_TRUE(joined_);
  EXPECT_THROW(std::rethrow_exception(error_), boost::system::system_error);
  EXPECT_EQ(ended_, 0);
}

TEST_F(WatchedTest, CancelledWhileItAwaitsThemItLeavesNobodyBehind) {
  run();
  cancel_at(2s);
  ASSERT_TRUE(joined_);
  EXPECT_THROW(std::rethrow_exception(error_), boost::system::system_error);
  EXPECT_EQ(ended_, 0);
}

}  // namespace
}  // namespace payferry
