#include "loader/delivery/keys_in_flight.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>

#include "loader/delivery/batches.hpp"
#include "net/nursery.hpp"

namespace payferry {
namespace {

namespace asio = boost::asio;
using test::batch_of;
using testing::ElementsAre;

class KeysInFlightTest : public testing::Test {
 protected:
  asio::io_context context_;
  KeysInFlight keys_{context_.get_executor()};
  Nursery nursery_{context_.get_executor()};
  std::vector<std::uint64_t> went_;

  void run() {
    context_.restart();
    context_.poll();
  }
  asio::awaitable<void> go(const Batch& batch) {
    co_await keys_.turn_of(batch);
    went_.push_back(batch.number().value());
  }
  void enter(const Batch& batch) {
    keys_.enter(batch);
    nursery_.start(go(batch));
    run();
  }
  void leave(const Batch& batch) {
    keys_.leave(batch);
    run();
  }
};

TEST_F(KeysInFlightTest, BatchesWithoutACommonKeyDoNotWait) {
  const Batch first = batch_of(1, 1, {"a", "b"});
  const Batch second = batch_of(2, 3, {"c", "d"});
  enter(first);
  enter(second);
  EXPECT_THAT(went_, ElementsAre(1, 2));
}

TEST_F(KeysInFlightTest, ABatchWaitsForTheEarlierOneThatHoldsItsKey) {
  const Batch first = batch_of(1, 1, {"a", "b"});
  const Batch second = batch_of(2, 3, {"c", "b"});
  enter(first);
  enter(second);
  EXPECT_THAT(went_, ElementsAre(1));
  leave(first);
  EXPECT_THAT(went_, ElementsAre(1, 2));
}

TEST_F(KeysInFlightTest, BatchesOfOneKeyGoInTheOrderOfTheSource) {
  const Batch first = batch_of(1, 1, {"a"});
  const Batch second = batch_of(2, 2, {"a"});
  const Batch third = batch_of(3, 3, {"a"});
  enter(first);
  enter(second);
  enter(third);
  leave(first);
  EXPECT_THAT(went_, ElementsAre(1, 2));
  leave(second);
  EXPECT_THAT(went_, ElementsAre(1, 2, 3));
}

TEST_F(KeysInFlightTest, ABatchDoesNotWaitForItself) {
  const Batch twice = batch_of(1, 1, {"a", "a"});
  const Batch after = batch_of(2, 3, {"a"});
  enter(twice);
  enter(after);
  EXPECT_THAT(went_, ElementsAre(1));
  leave(twice);
  EXPECT_THAT(went_, ElementsAre(1, 2));
}

TEST_F(KeysInFlightTest, AWaitingBatchThatEndsEarlyHoldsNobodyUp) {
  const Batch first = batch_of(1, 1, {"a"});
  const Batch second = batch_of(2, 2, {"a", "b"});
  const Batch third = batch_of(3, 4, {"b"});
  enter(first);
  keys_.enter(second);
  enter(third);
  EXPECT_THAT(went_, ElementsAre(1));
  leave(second);
  EXPECT_THAT(went_, ElementsAre(1, 3));
}

TEST_F(KeysInFlightTest, BatchesThatNeverEnteredMayGo) {
  const Batch batch = batch_of(1, 1, {"a"});
  nursery_.start(go(batch));
  run();
  EXPECT_THAT(went_, ElementsAre(1));
  leave(batch);
}

}  // namespace
}  // namespace payferry
