#include "net/admission.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <list>
#include <random>
#include <vector>

#include "net/nursery.hpp"
#include "support/model_window.hpp"
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
  std::optional<std::chrono::microseconds> travel_time_;
  std::chrono::microseconds held_up_{};

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
    permit->sent(held_up_);
    sent_.push_back(Sent{kind, time_.now()});
    co_await time_.sleep_for(latency);
    auto ended = answer(200);
    ended.travelled = travel_time_;
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

TEST_F(AdmissionTest, WhatAnswersTellOfUnevenTravelKeepsTheWindowLonger) {
  open(limits(10, 10s, 100));
  for (int i = 0; i < 10; ++i) {
    travel_time_ = i * 20ms;
    start(1, RequestKind::write, 1ms);
    time_.run();
  }
  start(1, RequestKind::write, 1ms);
  time_.run();
  EXPECT_GT(sent_.back().at - sent_.front().at, 10s + 140ms);
}

TEST_F(AdmissionTest, WhatWasHeldUpOnItsWayKeepsItsPlaceInTheWindowForLonger) {
  held_up_ = 60ms;
  open(limits(10, 10s, 100));
  start(11, RequestKind::write, 1ms);
  time_.run();
  EXPECT_GE(sent_.back().at - sent_.front().at, 10s + 60ms);
  EXPECT_LT(sent_.back().at - sent_.front().at, 10s + 150ms);
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

RateHeaders daily(std::uint64_t allowance, std::uint64_t remaining) {
  RateHeaders headers;
  headers.daily = allowance;
  headers.daily_remaining = remaining;
  return headers;
}

/// HubSpot's account, as far as its day is concerned.
struct Day {
  std::uint64_t allowance = 0;
  std::uint64_t used = 0;
};

class DailyAdmissionTest : public AdmissionTest {
 protected:
  Day day_;
  int throttled_ = 0;

  asio::awaitable<void> counted_request() {
    auto permit = co_await admission_->admit(RequestKind::write);
    if (!permit) {
      ++refused_;
      co_return;
    }
    permit->sent({});
    sent_.push_back(Sent{RequestKind::write, time_.now()});
    const bool is_refused = day_.used >= day_.allowance;
    if (!is_refused) ++day_.used;
    auto ended = answer(is_refused ? 429 : 200);
    ended.rate = daily(day_.allowance, day_.allowance - day_.used);
    co_await time_.sleep_for(100ms);
    if (is_refused) ++throttled_;
    permit->ended(ended, is_refused ? Feedback::throttled_daily : Feedback::answered);
  }

  void start_counted(int count) {
    for (int i = 0; i < count; ++i) nursery_.start(counted_request());
  }
};

TEST_F(DailyAdmissionTest, ClosesWhenTheDayLessItsReserveIsUsed) {
  day_.allowance = 100;
  auto settings = limits(1000, 10s, 4);
  settings.daily_reserve_percent = 10;
  open(settings);
  start_counted(200);
  time_.run();
  EXPECT_EQ(day_.used, 90u);
  EXPECT_EQ(refused_, 110);
  EXPECT_EQ(throttled_, 0);
  EXPECT_TRUE(admission_->daily_budget_used());
  EXPECT_TRUE(admission_->is_closed());
}

TEST_F(DailyAdmissionTest, ClosesOnA429OfTheDayWhateverTheHeadersSaid) {
  auto settings = limits(1000, 10s, 4);
  open(settings);
  start(1, RequestKind::write, 1s, Feedback::throttled_daily);
  time_.run();
  EXPECT_TRUE(admission_->daily_budget_used());
  EXPECT_TRUE(admission_->is_closed());
  EXPECT_EQ(admission_->snapshot().waits_for_day, std::nullopt);
}

TEST_F(DailyAdmissionTest, WaitsForMidnightWhenAskedToAndGoesOn) {
  day_.allowance = 100;
  auto settings = limits(1000, 10s, 4);
  settings.daily_reserve_percent = 10;
  AdmissionOptions options;
  options.wait_for_midnight = true;
  open(settings, std::move(options));
  const auto midnight = time_.wall_now() + 5h;
  admission_->set_midnights(
      [midnight](Instant now) { return now < midnight ? midnight : midnight + 24h; });
  start_counted(150);
  EXPECT_EQ(admission_->snapshot().waits_for_day, std::nullopt);
  time_.run_until(SteadyPoint(5h));
  EXPECT_EQ(day_.used, 90u);
  EXPECT_EQ(admission_->snapshot().waits_for_day, midnight + 2s);
  day_.used = 0;
  time_.run();
  EXPECT_EQ(admission_->snapshot().waits_for_day, std::nullopt);
  EXPECT_EQ(day_.used, 60u);
  EXPECT_EQ(refused_, 0);
  EXPECT_EQ(throttled_, 0);
  EXPECT_LT(time_.now(), SteadyPoint(5h + 10s));
}

TEST_F(DailyAdmissionTest, AMidnightThatComesLateIsAskedForEveryMinute) {
  day_.allowance = 10;
  auto settings = limits(1000, 10s, 4);
  settings.daily_reserve_percent = 0;
  AdmissionOptions options;
  options.wait_for_midnight = true;
  open(settings, std::move(options));
  const auto midnight = time_.wall_now() + 1h;
  admission_->set_midnights(
      [midnight](Instant now) { return now < midnight ? midnight : midnight + 24h; });
  start_counted(40);
  time_.run_until(SteadyPoint(1h + 150s));
  day_.used = 0;
  time_.run_until(SteadyPoint(1h + 200s));
  EXPECT_EQ(day_.used, 10u);
  EXPECT_EQ(throttled_, 3);  // at midnight and each minute, with one request
  admission_->close();
  time_.run();
}

TEST_F(DailyAdmissionTest, AfterMidnightAllGoOnWhateverBecomesOfTheFirstThatAsk) {
  AdmissionOptions options;
  options.wait_for_midnight = true;
  open(limits(1000, 10s, 25), std::move(options));
  const auto midnight = time_.wall_now() + 1h;
  admission_->set_midnights(
      [midnight](Instant now) { return now < midnight ? midnight : midnight + 24h; });
  start(1, RequestKind::write, 0s, Feedback::throttled_daily);
  time_.run_until(SteadyPoint(1s));
  Nursery cancelled(context_.get_executor());
  cancelled.start(request(RequestKind::write, 1h, Feedback::answered));
  time_.run_until(SteadyPoint(2s));
  start(1, RequestKind::write, 1s, Feedback::unanswered);
  start(20, RequestKind::write, 1s);
  time_.run_until(SteadyPoint(1h + 10s));
  EXPECT_EQ(sent_.size(), 2u);
  cancelled.cancel();
  time_.run();
  EXPECT_EQ(sent_.size(), 23u);
  EXPECT_EQ(sent_before(1h + 10s + 500ms), 3u);
  EXPECT_EQ(sent_before(1h + 11s + 500ms), 4u);
  EXPECT_LT(time_.now(), SteadyPoint(1h + 20s));
}

TEST_F(AdmissionTest, ARefusedSearchPausesSearchAloneAndForASecond) {
  open(limits(1000, 10s, 10));
  start(1, RequestKind::search, 1ms, Feedback::throttled_secondly);
  time_.run_until(SteadyPoint(500ms));
  start(1, RequestKind::search, 1ms);
  start(1, RequestKind::write, 1ms);
  time_.run();
  ASSERT_EQ(sent_.size(), 3u);
  EXPECT_EQ(sent_[1].kind, RequestKind::write);
  EXPECT_LT(sent_[1].at, SteadyPoint(1s));
  EXPECT_EQ(sent_[2].at, SteadyPoint(1001ms));
}

TEST_F(AdmissionTest, TheConcurrencyFindsItsOwnWayWhenItIsNotFixed) {
  LimitSettings settings;
  settings.requests = 190;
  settings.connections.reset();
  open(settings);
  start(380, RequestKind::write, 800ms);
  time_.run();
  EXPECT_EQ(sent_before(10s), 190u);
  EXPECT_EQ(sent_.size(), 380u);
  EXPECT_LT(time_.now(), SteadyPoint(22s));
}

TEST_F(AdmissionTest, A429IsNoFailureAndDoesNotOpenTheCircuit) {
  open(limits(1000, 10s, 10));
  start(10, RequestKind::write, 1ms, Feedback::throttled_window);
  time_.run();
  EXPECT_FALSE(admission_->snapshot().circuit_open);
  EXPECT_EQ(admission_->snapshot().throttled, 10u);
}

/// Requests of all kinds against a model server, some cancelled at random moments.
class AdmissionStormTest : public AdmissionTest {
 protected:
  std::mt19937_64 random_;
  std::optional<test::ModelWindow> server_;
  int throttled_ = 0;
  int ended_ = 0;

  SteadyDuration random(SteadyDuration from, SteadyDuration to) {
    return SteadyDuration(
        std::uniform_int_distribution<std::int64_t>(from.count(), to.count())(random_));
  }

  asio::awaitable<void> stormy_request(RequestKind kind) {
    co_await time_.sleep_for(random(0s, 30s));
    auto permit = co_await admission_->admit(kind);
    EXPECT_TRUE(permit);
    if (random(0s, 10s) < 500ms) co_return;
    co_await time_.sleep_for(random(0s, 50ms));
    permit->sent({});
    co_await time_.sleep_for(20ms + random(0s, 15ms));
    const bool counts = kind == RequestKind::write || kind == RequestKind::read;
    const bool is_good = !counts || server_->arrive(time_.now());
    const SteadyDuration work = is_good ? random(400ms, 1200ms) : SteadyDuration(20ms);
    co_await time_.sleep_for(work);
    throttled_ += is_good ? 0 : 1;
    ++ended_;
    const auto ended = answer(is_good ? 200 : 429);
    permit->ended(ended, is_good ? Feedback::answered : Feedback::throttled_window);
  }

  asio::awaitable<void> cancel_later(Nursery& victim) {
    co_await time_.sleep_for(random(0s, 40s));
    victim.cancel();
  }
};

TEST_F(AdmissionStormTest, WhateverIsCancelledNothingLeaksAndNothingIsRefused) {
  constexpr RequestKind kinds[] = {RequestKind::write, RequestKind::write, RequestKind::read,
                                   RequestKind::search, RequestKind::association};
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    random_.seed(seed);
    sent_.clear();
    throttled_ = ended_ = 0;
    server_.emplace(50, 5s);
    LimitSettings settings = limits(50, 5s, 0);
    settings.connections.reset();
    if (seed % 2 == 0) settings.connections = 20;
    open(settings);
    const auto start_of_seed = time_.now();
    std::list<Nursery> victims;
    for (int i = 0; i < 400; ++i) {
      const auto kind = kinds[random_() % 5];
      if (random_() % 4 != 0) {
        nursery_.start(stormy_request(kind));
        continue;
      }
      auto& victim = victims.emplace_back(context_.get_executor());
      victim.start(stormy_request(kind));
      nursery_.start(cancel_later(victim));
    }
    time_.run();
    EXPECT_EQ(nursery_.running(), 0u) << "seed " << seed;
    for (const auto& victim : victims) EXPECT_EQ(victim.running(), 0u) << "seed " << seed;
    EXPECT_EQ(throttled_, 0) << "seed " << seed;
    EXPECT_GT(ended_, 200) << "seed " << seed;
    EXPECT_EQ(admission_->snapshot().in_flight, 0u) << "seed " << seed;
    EXPECT_LT(time_.now() - start_of_seed, 60s) << "seed " << seed;
  }
}

}  // namespace
}  // namespace payferry
