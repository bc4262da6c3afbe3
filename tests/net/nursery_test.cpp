#include "net/nursery.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
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

}  // namespace
}  // namespace payferry
