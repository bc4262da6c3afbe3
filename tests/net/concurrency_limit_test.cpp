#include "net/concurrency_limit.hpp"

#include <gtest/gtest.h>

#include <deque>
#include <functional>

#include "net/governor.hpp"
#include "net/request_window.hpp"
#include "support/event_loop.hpp"

namespace payferry {
namespace {

using namespace std::chrono_literals;
using test::EventLoop;

/// Answers each request after a time of its own.
class SlowServer {
 public:
  SlowServer(EventLoop& loop, SteadyDuration mean, SteadyDuration spread)
      : loop_(loop), mean_(mean), spread_(spread) {}
  void serve(std::function<void(bool)> answer) {
    const bool fails = loop_.chance(failures);
    loop_.after(loop_.random(mean_ - spread_, mean_ + spread_), [=] { answer(!fails); });
  }
  void be_slower(SteadyDuration mean, SteadyDuration spread) {
    mean_ = mean;
    spread_ = spread;
  }
  double failures = 0;

 private:
  EventLoop& loop_;
  SteadyDuration mean_;
  SteadyDuration spread_;
};

/// Has `workers` that take about `work` for a request; the rest waits in line.
class BusyServer {
 public:
  BusyServer(EventLoop& loop, int workers, SteadyDuration the_work)
      : work(the_work), loop_(loop), idle_(workers) {}
  SteadyDuration work;
  void serve(std::function<void(bool)> answer) {
    line_.push_back(std::move(answer));
    take();
  }

 private:
  void take() {
    if (idle_ == 0 || line_.empty()) return;
    --idle_;
    loop_.after(loop_.random(work * 8 / 10, work * 12 / 10),
                [this, answer = std::move(line_.front())] {
                  ++idle_;
                  answer(true);
                  take();
                });
    line_.pop_front();
  }

  EventLoop& loop_;
  int idle_;
  std::deque<std::function<void(bool)>> line_;
};

/// Requests without end through a concurrency limit and a quota.
template <class Server>
class EndlessLoad {
 public:
  EndlessLoad(const Quota& quota, Server& server, EventLoop& loop)
      : governor_(quota, window_),
        quota_{*quota.requests, quota.window},
        server_(server),
        loop_(loop) {}

  ConcurrencyLimit limit{std::nullopt};
  std::uint32_t sent = 0;
  std::uint32_t answered = 0;

  void start() { send_all(); }
  std::uint32_t at_once() const { return limit.at(loop_.now()); }

 private:
  void send_all() {
    for (;;) {
      const auto now = loop_.now();
      if (in_flight_ >= limit.at(now)) {
        if (governor_.look(now).granted) limit.was_short();
        return wake_at(limit.grows_at(now));
      }
      const auto leave = governor_.reserve(now);
      if (!leave.granted) {
        limit.was_held_elsewhere();
        return wake_at(leave.again_at);
      }
      send();
    }
  }

  void wake_at(SteadyPoint when) {
    if (when == SteadyPoint::max() || (wake_at_ > loop_.now() && wake_at_ <= when)) return;
    wake_at_ = when;
    loop_.at(when, [this] { send_all(); });
  }

  void send() {
    ++in_flight_;
    ++sent;
    const auto now = loop_.now();
    governor_.sent(now);
    limit.sent(now, quota_);
    server_.serve([this, now](bool is_good) {
      --in_flight_;
      ++answered;
      is_good ? limit.answered(now, loop_.now()) : limit.overloaded(now, loop_.now());
      send_all();
    });
  }

  RequestWindow window_;
  Governor governor_;
  WindowRule quota_;
  Server& server_;
  EventLoop& loop_;
  SteadyPoint wake_at_{};
  std::uint32_t in_flight_ = 0;
};

const Quota kUnlimited{1'000'000'000, 10s};

struct Line {
  Quota quota;
  SteadyDuration latency;
  SteadyDuration spread;
  std::uint32_t least;  ///< in flight at the end
  std::uint32_t most;
};

class EveryLine : public testing::TestWithParam<Line> {};

TEST_P(EveryLine, LetsTheWholeQuotaThroughFromTheFirstWindowOn) {
  const auto& line = GetParam();
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    EventLoop loop(seed);
    SlowServer server(loop, line.latency, line.spread);
    EndlessLoad load(line.quota, server, loop);
    load.start();
    loop.run_until(SteadyPoint(10s));
    const auto in_ten_seconds =
        static_cast<double>(*line.quota.requests * (10s / line.quota.window));
    EXPECT_GE(load.sent, 0.9 * in_ten_seconds) << "seed " << seed;
    const auto before = load.sent;
    loop.run_until(SteadyPoint(60s));
    EXPECT_GE(load.sent - before, 0.99 * 5 * in_ten_seconds) << "seed " << seed;
    EXPECT_GE(load.at_once(), line.least) << "seed " << seed;
    EXPECT_LE(load.at_once(), line.most) << "seed " << seed;
  }
}

INSTANTIATE_TEST_SUITE_P(ConcurrencyLimit, EveryLine,
                         testing::Values(Line{{190, 10s}, 800ms, 400ms, 16, 40},
                                         Line{{190, 10s}, 3s, 1s, 57, 110},
                                         Line{{190, 10s}, 100ms, 50ms, 2, 8},
                                         Line{{50, 1s}, 800ms, 400ms, 40, 80}));

TEST(ConcurrencyLimit, TheFirstWindowLeavesWholeOnASlowLine) {
  for (const auto latency : {800ms, 3000ms}) {
    EventLoop loop(1);
    SlowServer server(loop, latency, latency / 3);
    EndlessLoad load({190, 10s}, server, loop);
    load.start();
    loop.run_until(SteadyPoint(10s));
    EXPECT_EQ(load.sent, 190u) << latency.count();
  }
}

TEST(ConcurrencyLimit, GrowsNoFurtherThanHelpsWhereTheServerIsTheLimit) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    EventLoop loop(seed);
    BusyServer server(loop, 2, 1ms);
    EndlessLoad load(kUnlimited, server, loop);
    load.start();
    loop.run_until(SteadyPoint(10s));
    EXPECT_LE(load.at_once(), 16u) << "seed " << seed;
    EXPECT_GE(load.answered, 19'000u) << "seed " << seed;
  }
}

TEST(ConcurrencyLimit, FindsAServersCapacityThatIsBelowTheQuota) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    EventLoop loop(seed);
    BusyServer server(loop, 8, 80ms);
    EndlessLoad load({1900, 10s}, server, loop);
    load.start();
    loop.run_until(SteadyPoint(60s));
    EXPECT_GE(load.answered, 5'200u) << "seed " << seed;
    EXPECT_LE(load.at_once(), 24u) << "seed " << seed;
  }
}

TEST(ConcurrencyLimit, UsesAFastServerWithoutAQuota) {
  EventLoop loop(1);
  SlowServer server(loop, 800ms, 400ms);
  EndlessLoad load(kUnlimited, server, loop);
  load.start();
  loop.run_until(SteadyPoint(10s));
  EXPECT_EQ(load.at_once(), ConcurrencyLimit::kMost);
}

TEST(ConcurrencyLimit, FollowsALatencyThatRises) {
  EventLoop loop(1);
  SlowServer server(loop, 200ms, 100ms);
  EndlessLoad load({190, 10s}, server, loop);
  load.start();
  loop.run_until(SteadyPoint(30s));
  EXPECT_LE(load.at_once(), 10u);
  server.be_slower(1600ms, 800ms);
  loop.run_until(SteadyPoint(60s));
  const auto before = load.sent;
  loop.run_until(SteadyPoint(90s));
  EXPECT_GE(load.sent - before, 560u);
}

TEST(ConcurrencyLimit, AFailureNowAndThenIsAnAccident) {
  EventLoop loop(1);
  SlowServer server(loop, 800ms, 400ms);
  server.failures = 0.05;
  EndlessLoad load({190, 10s}, server, loop);
  load.start();
  loop.run_until(SteadyPoint(60s));
  EXPECT_GE(load.sent, 1130u);
}

TEST(ConcurrencyLimit, ManyFailuresReduceItAndItComesBackWhenTheyEnd) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    EventLoop loop(seed);
    SlowServer server(loop, 800ms, 400ms);
    EndlessLoad load({190, 10s}, server, loop);
    load.start();
    loop.run_until(SteadyPoint(20s));
    EXPECT_GE(load.at_once(), 16u) << "seed " << seed;
    server.failures = 0.6;
    loop.run_until(SteadyPoint(50s));
    EXPECT_LE(load.at_once(), 8u) << "seed " << seed;
    server.failures = 0;
    loop.run_until(SteadyPoint(65s));
    EXPECT_GE(load.at_once(), 16u) << "seed " << seed;
  }
}

TEST(ConcurrencyLimit, ABurstOfFailuresReducesItOnce) {
  ConcurrencyLimit limit(std::nullopt);
  limit.sent(SteadyPoint(1s), {190, 10s});
  for (int i = 0; i < 16; ++i) limit.answered(SteadyPoint(1s), SteadyPoint(2s));
  const auto before = limit.at(SteadyPoint(2s));
  for (int i = 0; i < 20; ++i) limit.overloaded(SteadyPoint(2s), SteadyPoint(3s));
  EXPECT_LT(limit.at(SteadyPoint(3s)), before);
  EXPECT_GE(limit.at(SteadyPoint(3s)), before * 6 / 10);
}

TEST(ConcurrencyLimit, AFixedOneStays) {
  ConcurrencyLimit limit(7);
  limit.sent(SteadyPoint(), {190, 10s});
  for (int i = 0; i < 100; ++i) limit.overloaded(SteadyPoint(1s), SteadyPoint(2s));
  EXPECT_EQ(limit.at(SteadyPoint(3s)), 7u);
  EXPECT_EQ(limit.grows_at(SteadyPoint(3s)), SteadyPoint::max());
}

}  // namespace
}  // namespace payferry
