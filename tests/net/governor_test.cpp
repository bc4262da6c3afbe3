#include "net/governor.hpp"

#include <gtest/gtest.h>

#include "net/request_window.hpp"
#include "support/event_loop.hpp"
#include "support/model_window.hpp"

namespace payferry {
namespace {

using namespace std::chrono_literals;
using test::EventLoop;
using test::ModelWindow;

struct Travel {
  SteadyDuration least = 20ms;
  SteadyDuration jitter = 10ms;
};

struct Latency {
  SteadyDuration mean = 800ms;
  SteadyDuration spread = 400ms;
};

/// A load without end through one governor to one model server.
class EndlessLoad {
 public:
  EndlessLoad(const Quota& quota, ModelWindow& server, EventLoop& loop)
      : governor(quota, budget), server_(server), loop_(loop) {}

  RequestWindow budget;
  Governor governor;
  Travel travel;
  Latency latency;
  SteadyDuration send_delay{};  ///< at most, from the leave to the first byte
  bool has_headers = true;
  bool refuses_at_once = true;  ///< else a 429 takes as long as any answer
  std::size_t in_flight_limit = 256;
  std::size_t sent = 0;
  std::size_t throttled = 0;

  void start() { send_all(); }

 private:
  void send_all() {
    while (in_flight_ < in_flight_limit) {
      const auto leave = governor.reserve(loop_.now());
      if (!leave.granted) return wake_at(leave.again_at);
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
    loop_.after(loop_.random(0ns, send_delay), [this] {
      ++sent;
      const auto sent_at = loop_.now();
      governor.sent(sent_at);
      loop_.after(way(), [this, sent_at] { arrive(sent_at); });
    });
  }

  void arrive(SteadyPoint sent_at) {
    const auto remaining = server_.arrive(loop_.now());
    const auto work = loop_.random(latency.mean - latency.spread, latency.mean + latency.spread);
    loop_.after((remaining || !refuses_at_once ? work : 1ms) + way(),
                [=, this] { answer(sent_at, remaining); });
  }

  void answer(SteadyPoint sent_at, std::optional<std::uint32_t> remaining) {
    --in_flight_;
    if (remaining) {
      governor.answered(has_headers ? headers(*remaining) : RateHeaders(), sent_at, loop_.now());
    } else {
      ++throttled;
      governor.throttled(sent_at, loop_.now(), std::nullopt);
    }
    send_all();
  }

  RateHeaders headers(std::uint32_t remaining) const {
    RateHeaders headers;
    headers.max = server_.max();
    headers.remaining = remaining;
    headers.interval = std::chrono::duration_cast<std::chrono::milliseconds>(server_.window());
    return headers;
  }

  SteadyDuration way() { return travel.least + loop_.random(0ns, travel.jitter); }

  ModelWindow& server_;
  EventLoop& loop_;
  SteadyPoint wake_at_{};
  std::size_t in_flight_ = 0;
};

/// Another program that sends evenly, whatever becomes of it.
struct OtherProgram {
  std::size_t sent = 0;
  std::size_t throttled = 0;

  void send(EventLoop& loop, ModelWindow& server, SteadyPoint from, SteadyPoint to,
            SteadyDuration gap) {
    for (auto when = from; when < to; when += gap) {
      loop.at(when + loop.random(0ns, gap), [&] {
        ++sent;
        throttled += server.arrive(loop.now()) ? 0 : 1;
      });
    }
  }
};

struct Schedule {
  Quota quota;
  Latency latency;
  SteadyDuration travel_jitter;
  SteadyDuration send_delay;
};

class EverySchedule : public testing::TestWithParam<Schedule> {};

TEST_P(EverySchedule, UsesTheWholeQuotaAndIsNeverRefused) {
  const auto& [quota, latency, travel_jitter, send_delay] = GetParam();
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    EventLoop loop(seed);
    ModelWindow server(*quota.requests, quota.window);
    EndlessLoad load(quota, server, loop);
    load.latency = latency;
    load.travel.jitter = travel_jitter;
    load.send_delay = send_delay;
    load.start();
    loop.run_until(SteadyPoint(6 * quota.window + 1s));
    EXPECT_EQ(load.throttled, 0u) << "seed " << seed;
    EXPECT_GE(server.used(SteadyPoint(quota.window), SteadyPoint(6 * quota.window)), 0.99)
        << "seed " << seed;
  }
}

INSTANTIATE_TEST_SUITE_P(Governor, EverySchedule,
                         testing::Values(Schedule{{190, 10s}, {800ms, 400ms}, 20ms, 0ms},
                                         Schedule{{190, 10s}, {800ms, 400ms}, 10ms, 30ms},
                                         Schedule{{190, 10s}, {3s, 1s}, 20ms, 0ms},
                                         Schedule{{190, 10s}, {50ms, 50ms}, 20ms, 0ms},
                                         Schedule{{100, 10s}, {800ms, 400ms}, 20ms, 5ms},
                                         Schedule{{50, 1s}, {800ms, 400ms}, 5ms, 0ms},
                                         Schedule{{400, 2s}, {300ms, 200ms}, 8ms, 2ms}));

TEST(Governor, TheWholeWindowIsFreeAtTheStart) {
  RequestWindow budget;
  Governor governor({190, 10s}, budget);
  for (int i = 0; i < 190; ++i) EXPECT_TRUE(governor.reserve(SteadyPoint()).granted) << i;
  EXPECT_FALSE(governor.reserve(SteadyPoint()).granted);
}

TEST(Governor, TheBurstOfTheStartDoesNotComeBack) {
  EventLoop loop(7);
  ModelWindow server(190, 10s);
  EndlessLoad load({190, 10s}, server, loop);
  load.start();
  loop.run_until(SteadyPoint(60s));
  EXPECT_GE(server.used(SteadyPoint(), SteadyPoint(500ms)), 19.9);
  for (auto start = SteadyPoint(10s); start < SteadyPoint(60s); start += 500ms) {
    EXPECT_LE(server.used(start, start + 500ms), 2.2) << (start - SteadyPoint()) / 1ms;
  }
}

TEST(Governor, APromisedPlaceCountsUntilItIsSentOrGivenBack) {
  RequestWindow budget;
  Governor governor({1, 10s}, budget);
  ASSERT_TRUE(governor.reserve(SteadyPoint()).granted);
  EXPECT_EQ(governor.reserve(SteadyPoint(100s)).again_at, SteadyPoint::max());
  governor.give_back(SteadyPoint(100s));
  ASSERT_TRUE(governor.reserve(SteadyPoint(100s)).granted);
  governor.sent(SteadyPoint(130s));
  EXPECT_GT(governor.reserve(SteadyPoint(131s)).again_at, SteadyPoint(140s));
  EXPECT_LE(governor.reserve(SteadyPoint(131s)).again_at, SteadyPoint(140100ms));
}

RateHeaders headers(std::uint32_t max, std::uint32_t remaining,
                    std::chrono::milliseconds interval) {
  RateHeaders headers;
  headers.max = max;
  headers.remaining = remaining;
  headers.interval = interval;
  return headers;
}

void send_one(Governor& governor, SteadyPoint at) {
  ASSERT_TRUE(governor.reserve(at).granted);
  governor.sent(at);
}

TEST(Governor, AutoStartsCarefullyAndAdoptsWhatTheHeadersSay) {
  RequestWindow budget;
  Governor governor({std::nullopt, 10s}, budget);
  EXPECT_EQ(governor.rule(SteadyPoint()).requests, 100u);
  send_one(governor, SteadyPoint());
  governor.answered(headers(250, 249, 10s), SteadyPoint(), SteadyPoint(1s));
  EXPECT_EQ(governor.rule(SteadyPoint(1s)).requests, 250u);
}

TEST(Governor, ALowerLimitOfTheAccountWinsOverTheConfiguredOne) {
  RequestWindow budget;
  Governor governor({190, 10s}, budget);
  send_one(governor, SteadyPoint());
  governor.answered(headers(100, 99, 10s), SteadyPoint(), SteadyPoint(1s));
  EXPECT_EQ(governor.rule(SteadyPoint(1s)).requests, 100u);
  governor.answered(headers(200, 199, 10s), SteadyPoint(), SteadyPoint(1s));
  EXPECT_EQ(governor.rule(SteadyPoint(1s)).requests, 190u);
}

TEST(Governor, SharesWithAnotherProgramAndTakesAllBackWhenItStops) {
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    EventLoop loop(seed);
    ModelWindow server(190, 10s);
    EndlessLoad load({190, 10s}, server, loop);
    load.refuses_at_once = seed % 2 == 0;
    OtherProgram other;
    other.send(loop, server, SteadyPoint(25s), SteadyPoint(45s), 131ms);  // 40 % of the window
    load.start();
    loop.run_until(SteadyPoint(90s));
    EXPECT_GE(server.used(SteadyPoint(25s), SteadyPoint(45s)), 0.95) << "seed " << seed;
    EXPECT_GE(server.used(SteadyPoint(25s), SteadyPoint(60s)), 0.945) << "seed " << seed;
    EXPECT_GE(server.used(SteadyPoint(60s), SteadyPoint(90s)), 0.975) << "seed " << seed;
    EXPECT_LT(load.throttled * 100, load.sent) << "seed " << seed;
    EXPECT_LE(other.throttled, other.sent / 10) << "seed " << seed;
  }
}

TEST(Governor, A429InAFullWindowTellsAtOnceThatSomebodyElseIsThere) {
  RequestWindow budget;
  Governor governor({100, 10s}, budget);
  SteadyPoint now(100s);
  for (int i = 0; i < 150; ++i, now += 100600us) {
    ASSERT_TRUE(governor.reserve(now).granted);
    governor.sent(now);
  }
  ASSERT_EQ(governor.rule(now).requests, 100u);
  governor.throttled(now - 6 * 100600us, now, std::nullopt);
  EXPECT_LT(governor.rule(now).requests, 100u);
}

TEST(Governor, TwoOfUsOnTwoMachinesShareInsteadOfStarvingOneAnother) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    EventLoop loop(seed);
    ModelWindow server(190, 10s);
    EndlessLoad first({190, 10s}, server, loop);
    EndlessLoad second({190, 10s}, server, loop);
    first.in_flight_limit = second.in_flight_limit = 24;
    first.start();
    loop.at(SteadyPoint(20s), [&] { second.start(); });
    loop.run_until(SteadyPoint(620s));
    EXPECT_GE(server.used(SteadyPoint(320s), SteadyPoint(620s)), 0.93) << "seed " << seed;
    EXPECT_GE(second.sent * 4, first.sent) << "seed " << seed;
    EXPECT_LT((first.throttled + second.throttled) * 14, first.sent + second.sent)
        << "seed " << seed;
  }
}

TEST(Governor, ABurstOfOwnRequestsThatOvertakeOneAnotherIsNobodyElse) {
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    EventLoop loop(seed);
    ModelWindow server(190, 10s);
    EndlessLoad load({190, 10s}, server, loop);
    load.travel.jitter = 20ms;
    load.start();
    loop.run_until(SteadyPoint(5s));
    EXPECT_EQ(load.governor.rule(loop.now()).requests, 190u) << "seed " << seed;
  }
}

TEST(Governor, LearnsAGuardForALineThatJittersMoreThanExpected) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    EventLoop loop(seed);
    ModelWindow server(190, 10s);
    EndlessLoad load({190, 10s}, server, loop);
    load.travel.jitter = 60ms;
    load.start();
    loop.run_until(SteadyPoint(300s));
    EXPECT_LE(load.throttled, 12u) << "seed " << seed;
    EXPECT_GE(server.used(SteadyPoint(10s), SteadyPoint(300s)), 0.98) << "seed " << seed;
  }
}

TEST(Governor, AServerThatRefusesEverythingIsAskedRarelyAndServedAgainAtOnce) {
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    EventLoop loop(seed);
    ModelWindow server(190, 10s);
    EndlessLoad load({190, 10s}, server, loop);
    for (int i = 0; i < 190; ++i) loop.at(SteadyPoint(15s), [&] { server.arrive(loop.now()); });
    OtherProgram other;
    other.send(loop, server, SteadyPoint(15s), SteadyPoint(60s), 10ms);
    load.start();
    loop.run_until(SteadyPoint(60s));
    EXPECT_LE(load.throttled, 60u) << "seed " << seed;
    loop.run_until(SteadyPoint(120s));
    EXPECT_GE(server.used(SteadyPoint(85s), SteadyPoint(120s)), 0.97) << "seed " << seed;
  }
}

TEST(Governor, A429OfManyRequestsAtOnceIsOneEvent) {
  RequestWindow budget;
  Governor governor({190, 10s}, budget);
  for (int i = 0; i < 20; ++i)
    governor.throttled(SteadyPoint(1s), SteadyPoint(1100ms), std::nullopt);
  EXPECT_LE(governor.look(SteadyPoint(1100ms)).again_at, SteadyPoint(1500ms));
}

TEST(Governor, A429OfARequestThatLeftNoLaterThanTheReactionIsTheSameEvent) {
  const auto pause_after_second = [](SteadyPoint sent) {
    RequestWindow budget;
    Governor governor({190, 10s}, budget);
    governor.throttled(SteadyPoint(1s), SteadyPoint(1100ms), std::nullopt);
    governor.throttled(sent, SteadyPoint(1200ms), std::nullopt);
    return governor.look(SteadyPoint(1200ms)).again_at;
  };
  const auto same = pause_after_second(SteadyPoint(1s));
  EXPECT_EQ(pause_after_second(SteadyPoint(1100ms)), same);
  EXPECT_GT(pause_after_second(SteadyPoint(1101ms)), same);
}

TEST(Governor, RefusedAgainAfterAPauseItWaitsLongerUpToAWindow) {
  RequestWindow budget;
  Governor governor({190, 10s}, budget);
  auto now = SteadyPoint(1s);
  SteadyDuration before{};
  for (int i = 0; i < 8; ++i) {
    governor.throttled(now, now + 10ms, std::nullopt);
    const auto again = governor.look(now + 10ms).again_at;
    const auto pause = again - (now + 10ms);
    EXPECT_GE(pause, before);
    EXPECT_LE(pause, 11s);
    before = pause;
    now = again;
  }
  EXPECT_GE(before, 10s);
}

TEST(Governor, RetryAfterIsHonoured) {
  RequestWindow budget;
  Governor governor({190, 10s}, budget);
  governor.throttled(SteadyPoint(1s), SteadyPoint(2s), 7s);
  EXPECT_FALSE(governor.reserve(SteadyPoint(8999ms)).granted);
  EXPECT_TRUE(governor.reserve(SteadyPoint(9100ms)).granted);
}

}  // namespace
}  // namespace payferry
