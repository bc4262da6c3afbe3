#include "loader/delivery/keys_in_flight.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/system_executor.hpp>
#include <vector>

#include "loader/delivery/batches.hpp"
#include "net/nursery.hpp"

namespace payferry {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
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

class KeysAtWorkTest : public testing::Test {
 protected:
  static constexpr SteadyPoint kNow{1h};

  KeysInFlight keys_{asio::system_executor()};
  Batch batch_ = batch_of(1, 1, {"a", "b", "a"});
  const BatchEntry* first_a_ = &batch_.entries()[0];
  const BatchEntry* b_ = &batch_.entries()[1];
  const BatchEntry* second_a_ = &batch_.entries()[2];

  SteadyPoint free_from(const BatchEntry* entry) const {
    return keys_.free_from(std::vector<const BatchEntry*>{entry});
  }
  void may_be_at_work(const BatchEntry* entry, SteadyPoint until, SteadyPoint now) {
    keys_.may_be_at_work(std::vector<const BatchEntry*>{entry}, until, now);
  }
};

TEST_F(KeysAtWorkTest, AKeyIsFreeForAnotherRowOnceARequestForItIsOver) {
  EXPECT_EQ(free_from(second_a_), SteadyPoint());
  may_be_at_work(first_a_, kNow + 10s, kNow);
  EXPECT_EQ(free_from(second_a_), kNow + 10s);
  EXPECT_EQ(free_from(b_), SteadyPoint());
}

TEST_F(KeysAtWorkTest, ARowIsSentAgainWithoutWaitingForItself) {
  may_be_at_work(first_a_, kNow + 10s, kNow);
  EXPECT_EQ(free_from(first_a_), SteadyPoint());
}

TEST_F(KeysAtWorkTest, TheLatestRequestOfAllKeysCounts) {
  may_be_at_work(first_a_, kNow + 10s, kNow);
  may_be_at_work(first_a_, kNow + 20s, kNow);
  const Batch later = batch_of(2, 4, {"b", "a", "c"});
  std::vector<const BatchEntry*> entries;
  for (const BatchEntry& entry : later.entries()) entries.push_back(&entry);
  EXPECT_EQ(keys_.free_from(entries), kNow + 20s);
}

TEST_F(KeysAtWorkTest, WhatMayBeAtWorkOnAnyKeyHoldsAll) {
  keys_.any_may_be_at_work(kNow + 10s);
  EXPECT_EQ(free_from(b_), kNow + 10s);
  may_be_at_work(first_a_, kNow + 20s, kNow);
  EXPECT_EQ(free_from(second_a_), kNow + 20s);
  EXPECT_EQ(free_from(first_a_), kNow + 10s);
}

TEST_F(KeysAtWorkTest, WhatIsOverIsForgotten) {
  may_be_at_work(first_a_, kNow + 10s, kNow);
  may_be_at_work(b_, kNow + 40s, kNow + 10s);
  EXPECT_EQ(free_from(second_a_), SteadyPoint());
  may_be_at_work(first_a_, kNow + 30s, kNow + 30s);
  EXPECT_EQ(free_from(second_a_), SteadyPoint());
}

}  // namespace
}  // namespace payferry
