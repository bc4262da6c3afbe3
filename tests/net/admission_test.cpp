#include "net/admission.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <vector>

#include "net/nursery.hpp"
#include "support/virtual_time.hpp"

namespace payferry {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

LimitSettings limits(std::uint32_t requests, std::chrono::milliseconds window,
                     std::uint32_t connections) {
  LimitSettings settings;
  settings.requests = requests;
  settings.window = window;
  settings.connections = connections;
  return settings;
}

Answer answer(int status) {
  Answer answer;
  answer.reach = Reach::answered;
  answer.status = status;
  return answer;
}

struct Sent {
  RequestKind kind;
  SteadyPoint at;
};

class AdmissionTest : public testing::Test {
 protected:
  asio::io_context context_;
  test::VirtualTime time_{context_};
  std::optional<Admission> admission_;
  Nursery nursery_{context_.get_executor()};
  std::vector<Sent> sent_;
  int refused_ = 0;

  void open(const LimitSettings& settings, AdmissionOptions options = {}) {
    admission_.emplace(settings, time_, context_.get_executor(), std::move(options));
  }

  /// One request that takes `latency` and ends with `feedback`.
  asio::awaitable<void> request(RequestKind kind, SteadyDuration latency, Feedback feedback) {
    auto permit = co_await admission_->admit(kind);
    if (!permit) {
      ++refused_;
      co_return;
    }
    permit->sending();
    sent_.push_back(Sent{kind, time_.now()});
    co_await time_.sleep_for(latency);
    const auto ended = answer(200);
    permit->ended(ended, feedback);
  }

  void start(int count, RequestKind kind, SteadyDuration latency,
             Feedback feedback = Feedback::answered) {
    for (int i = 0; i < count; ++i) nursery_.start(request(kind, latency, feedback));
  }

  std::size_t sent_before(SteadyDuration end) const {
    return static_cast<std::size_t>(std::count_if(
        sent_.begin(), sent_.end(), [&](const Sent& one) { return one.at < SteadyPoint(end); }));
  }
};

TEST_F(AdmissionTest, AdmitsAtOnceAndWithoutATimerWhileThereIsRoom) {
  open(limits(190, 10s, 200));
  start(190, RequestKind::write, 0s);
  EXPECT_EQ(time_.run(), 0u);
  EXPECT_EQ(sent_.size(), 190u);
}

TEST_F(AdmissionTest, TheWindowHoldsBackWhatIsTooMuch) {
  open(limits(10, 1s, 100));
  start(25, RequestKind::write, 1ms);
  time_.run();
  EXPECT_EQ(sent_.size(), 25u);
  EXPECT_EQ(sent_before(1s), 10u);
  for (std::size_t i = 10; i < sent_.size(); ++i) EXPECT_GT(sent_[i].at - sent_[i - 10].at, 1s);
}

TEST_F(AdmissionTest, NoMoreAreInFlightThanThereAreConnections) {
  open(limits(1000, 10s, 4));
  start(12, RequestKind::write, 1s);
  time_.run();
  EXPECT_EQ(sent_before(1s), 4u);
  EXPECT_EQ(sent_before(2s), 8u);
  EXPECT_EQ(sent_.size(), 12u);
  EXPECT_EQ(admission_->snapshot().in_flight, 0u);
}

TEST_F(AdmissionTest, APermitNeverSentCostsNoQuota) {
  open(limits(1, 10s, 10));
  auto take = [](Admission& admission) -> asio::awaitable<void> {
    auto permit = co_await admission.admit(RequestKind::write);
    EXPECT_TRUE(permit);
  };
  nursery_.start(take(*admission_));
  nursery_.start(take(*admission_));
  start(1, RequestKind::write, 0s);
  time_.run();
  EXPECT_EQ(sent_before(1ms), 1u);
  EXPECT_EQ(admission_->snapshot().requests, 1u);
}

TEST_F(AdmissionTest, AMovedFromPermitGivesNothingBack) {
  open(limits(10, 10s, 10));
  auto take = [](Admission& admission) -> asio::awaitable<void> {
    auto first = co_await admission.admit(RequestKind::write);
    Permit second = std::move(*first);
    first.reset();
    EXPECT_EQ(admission.snapshot().in_flight, 1u);
    second = std::move(second);
  };
  nursery_.start(take(*admission_));
  time_.run();
  EXPECT_EQ(admission_->snapshot().in_flight, 0u);
}

TEST_F(AdmissionTest, ClosingWakesAllWithNothing) {
  open(limits(1, 10s, 10));
  start(5, RequestKind::write, 0s);
  start(1, RequestKind::search, 0s);
  time_.run_until(SteadyPoint(1s));
  EXPECT_EQ(refused_, 0);
  admission_->close();
  time_.run();
  EXPECT_EQ(refused_, 4);
  EXPECT_EQ(time_.now(), SteadyPoint(1s));
  start(1, RequestKind::write, 0s);
  time_.run();
  EXPECT_EQ(refused_, 5);
}

TEST_F(AdmissionTest, NothingIsAdmittedDuringAPause) {
  open(limits(190, 10s, 10));
  admission_->pause_until(SteadyPoint(7s));
  start(5, RequestKind::write, 0s);
  time_.run();
  EXPECT_EQ(sent_before(7s), 0u);
  EXPECT_EQ(sent_.size(), 5u);
}

TEST_F(AdmissionTest, ACancelledWaiterLeavesNothingBehind) {
  open(limits(1, 1s, 10));
  start(1, RequestKind::write, 0s);
  time_.run_until(SteadyPoint(10ms));
  Nursery others(context_.get_executor());
  for (int i = 0; i < 3; ++i) others.start(request(RequestKind::write, 0s, Feedback::answered));
  time_.run_until(SteadyPoint(20ms));
  start(1, RequestKind::write, 0s);
  time_.run_until(SteadyPoint(30ms));
  others.cancel();
  time_.run();
  EXPECT_EQ(others.running(), 0u);
  EXPECT_EQ(sent_.size(), 2u);
  EXPECT_LT(time_.now(), SteadyPoint(1100ms));
}

TEST_F(AdmissionTest, AWaiterCancelledInTheMomentOfItsGrantPassesItOn) {
  open(limits(100, 1s, 1));
  start(1, RequestKind::write, 1s);
  time_.run_until(SteadyPoint(10ms));
  Nursery other(context_.get_executor());
  other.start(request(RequestKind::write, 0s, Feedback::answered));
  time_.run_until(SteadyPoint(20ms));
  start(1, RequestKind::write, 0s);
  auto cancel_at = [](Time& time, Nursery& victim) -> asio::awaitable<void> {
    co_await time.sleep_until(SteadyPoint(1s));
    victim.cancel();
  };
  nursery_.start(cancel_at(time_, other));
  time_.run();
  EXPECT_EQ(sent_.size(), 2u);
  EXPECT_EQ(admission_->snapshot().in_flight, 0u);
}

TEST_F(AdmissionTest, LookUpsGetEveryFourthPermitWhileWritesWaitToo) {
  open(limits(1000, 10s, 1));
  start(1, RequestKind::write, 10ms);
  start(40, RequestKind::write, 10ms);
  start(10, RequestKind::read, 10ms);
  time_.run();
  ASSERT_EQ(sent_.size(), 51u);
  for (std::size_t i = 1; i < 41; ++i) {
    EXPECT_EQ(sent_[i].kind, i % 4 == 0 ? RequestKind::read : RequestKind::write) << i;
  }
}

TEST_F(AdmissionTest, SearchAndAssociationsHaveLimitsOfTheirOwn) {
  open(limits(1, 10s, 300));
  start(2, RequestKind::write, 0s);
  start(6, RequestKind::search, 0s);
  start(101, RequestKind::association, 0s);
  time_.run_until(SteadyPoint(500ms));
  EXPECT_EQ(sent_.size(), 1u + 5u + 100u);
  time_.run_until(SteadyPoint(1500ms));
  EXPECT_EQ(sent_.size(), 1u + 6u + 100u);
  time_.run();
  EXPECT_EQ(sent_.size(), 2u + 6u + 101u);
}

TEST_F(AdmissionTest, FailuresInARowOpenTheCircuitAndOneProbeAsksWhetherTheServerIsBack) {
  open(limits(1000, 10s, 2));
  start(8, RequestKind::write, 1ms, Feedback::unreachable);
  time_.run_until(SteadyPoint(500ms));
  EXPECT_TRUE(admission_->snapshot().circuit_open);
  EXPECT_EQ(sent_.size(), 6u);  // five failed, and one was in flight beside the fifth
  time_.run_until(SteadyPoint(1500ms));
  EXPECT_EQ(sent_.size(), 7u);
  start(5, RequestKind::write, 1ms);
  time_.run();
  EXPECT_FALSE(admission_->snapshot().circuit_open);
  EXPECT_EQ(sent_.size(), 13u);
}

}  // namespace
}  // namespace payferry
