#include "loader/delivery/intake_thread.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <semaphore>
#include <stdexcept>

#include "loader/delivery/key_mapping.hpp"
#include "loader/delivery/list_reader.hpp"
#include "support/run_sync.hpp"

namespace payferry {
namespace {

namespace asio = boost::asio;
using test::good_rows;
using test::ListReader;
using test::run_sync;

constexpr std::size_t kAhead = IntakeThread::kBatchesAhead;

/// One record a batch, so that a batch is read for each record.
Intake one_by_one(ListReader& reader) {
  Intake::Options options;
  options.batch_records = 1;
  ResumeState state;
  state.start.next = RecordNumber(1);
  return Intake(reader, test::key_mapping(), options, std::move(state));
}

TEST(IntakeThread, GivesEveryBatchOnceInTheOrderOfTheSource) {
  asio::io_context context;
  ListReader reader(good_rows(kAhead * 4));
  Intake intake = one_by_one(reader);
  IntakeThread source(intake, context.get_executor());
  for (std::uint64_t number = 1; number <= kAhead * 4; ++number) {
    const auto batch = run_sync(context, source.next());
    ASSERT_TRUE(batch);
    EXPECT_EQ(batch->number(), BatchNumber(number));
  }
  EXPECT_FALSE(run_sync(context, source.next()));
  EXPECT_FALSE(run_sync(context, source.next()));
  EXPECT_EQ(source.bytes_read(), kAhead * 4);
}

TEST(IntakeThread, ReadsNoMoreThanAFewBatchesAheadAndStopsWhileFull) {
  asio::io_context context;
  ListReader reader(good_rows(kAhead * 4));
  std::atomic<std::size_t> asked = 0;
  std::binary_semaphore is_full(0);
  reader.before_record = [&](std::size_t read) {
    ++asked;
    if (read == kAhead) is_full.release();
  };
  {
    Intake intake = one_by_one(reader);
    IntakeThread source(intake, context.get_executor());
    is_full.acquire();
    source.stop();
    EXPECT_FALSE(run_sync(context, source.next()));
  }
  // All that are queued, and the one that finds no room.
  EXPECT_EQ(asked, kAhead + 1);
}

TEST(IntakeThread, ReadsNoMoreThanAFewMebibytesAheadAndOnOnceHalfOfThemWereTaken) {
  asio::io_context context;
  const std::string amount(IntakeThread::kBytesAhead / 4, 'x');
  ListReader reader(std::vector<ListReader::Row>(12, {"k", amount}));
  std::binary_semaphore is_full(0);
  std::binary_semaphore has_read_on(0);
  std::atomic<std::size_t> asked = 0;
  reader.before_record = [&](std::size_t read) {
    ++asked;
    if (read == 4) is_full.release();
    if (read == 5) has_read_on.release();
  };
  {
    Intake intake = one_by_one(reader);
    IntakeThread source(intake, context.get_executor());
    is_full.acquire();
    EXPECT_FALSE(has_read_on.try_acquire());
    for (int taken = 0; taken < 3; ++taken) EXPECT_TRUE(run_sync(context, source.next()));
    has_read_on.acquire();
  }
  // Beside the three that were taken: all that are queued, and the one that finds no room.
  EXPECT_LE(asked, 3U + 4U + 1U);
}

TEST(IntakeThread, ReadsOnOnceHalfOfItsBatchesWereTaken) {
  asio::io_context context;
  ListReader reader(good_rows(kAhead * 4));
  std::binary_semaphore is_full(0);
  std::binary_semaphore has_read_on(0);
  reader.before_record = [&](std::size_t read) {
    if (read == kAhead) is_full.release();
    if (read == kAhead + 1) has_read_on.release();
  };
  Intake intake = one_by_one(reader);
  IntakeThread source(intake, context.get_executor());
  is_full.acquire();
  EXPECT_FALSE(has_read_on.try_acquire());
  for (std::size_t taken = 0; taken < kAhead / 2; ++taken)
    EXPECT_TRUE(run_sync(context, source.next()));
  has_read_on.acquire();
}

TEST(IntakeThread, AnErrorOfTheReaderComesOutOfNext) {
  asio::io_context context;
  ListReader reader(good_rows(5));
  reader.before_record = [](std::size_t read) {
    if (read == 3) throw std::runtime_error("the disk has gone");
  };
  Intake intake = one_by_one(reader);
  IntakeThread source(intake, context.get_executor());
  const auto read_to_the_end = [&] {
    while (run_sync(context, source.next())) {
    }
  };
  EXPECT_THROW(read_to_the_end(), std::runtime_error);
  EXPECT_THROW(run_sync(context, source.next()), std::runtime_error);
}

TEST(IntakeThread, AStopWakesWhoWaitsForABatch) {
  asio::io_context context;
  ListReader reader(good_rows(5));
  std::binary_semaphore may_read(0);
  reader.before_record = [&](std::size_t) { may_read.acquire(); };
  Intake intake = one_by_one(reader);
  IntakeThread source(intake, context.get_executor());
  bool has_ended = false;
  bool has_batch = true;
  asio::co_spawn(context, source.next(),
                 [&](const std::exception_ptr&, const std::optional<Batch>& batch) {
                   has_ended = true;
                   has_batch = batch.has_value();
                 });
  context.poll();
  EXPECT_FALSE(has_ended);
  source.stop();
  context.restart();
  context.run();
  EXPECT_TRUE(has_ended);
  EXPECT_FALSE(has_batch);
  may_read.release();
}

}  // namespace
}  // namespace payferry
