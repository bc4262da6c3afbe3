#include "net/admission_rules.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace payferry {
namespace {

using namespace std::chrono_literals;

LimitSettings roomy_limits() {
  LimitSettings limits;
  limits.requests = 1000;
  limits.connections = 25;
  return limits;
}

Answer with_remaining(std::uint64_t remaining) {
  Answer answer;
  answer.reach = Reach::answered;
  answer.rate.daily = 1000;
  answer.rate.daily_remaining = remaining;
  return answer;
}

/// Waits for midnight: the day was used up at `steady_`, and midnight has passed since.
class NewDayTest : public testing::Test {
 protected:
  NewDayTest() {
    const auto midnight = wall_ + 1h;
    rules_.set_midnights(
        [midnight](Instant now) { return now < midnight ? midnight : midnight + 24h; });
    end(ask_often().front(), Feedback::throttled_daily);
    EXPECT_TRUE(ask_often().empty());
    pass(1h + 2s);
  }

  void pass(std::chrono::milliseconds time) {
    steady_ += time;
    wall_ += time;
  }
  /// What 20 requests get that ask now.
  std::vector<Grant> ask_often() {
    std::vector<Grant> grants;
    for (int i = 0; i < 20; ++i) {
      auto decision = rules_.ask(Lane::objects, steady_, wall_);
      again_at_ = decision.again_at;
      if (decision.grant) grants.push_back(*decision.grant);
    }
    for (auto& grant : grants) rules_.sent(grant, steady_);
    return grants;
  }
  void end(const Grant& grant, Feedback feedback, std::uint64_t remaining = 1000) {
    rules_.ended(grant, with_remaining(remaining), feedback, steady_);
  }

  SteadyPoint steady_{1h};
  Instant wall_{std::chrono::sys_days(std::chrono::year(2026) / 1 / 15)};
  AdmissionRules rules_{roomy_limits(), nullptr, true};
  SteadyPoint again_at_;
};

TEST_F(NewDayTest, OneRequestAsksWhetherItHasBegunAndTheOthersWaitForItsAnswer) {
  const auto first = ask_often();
  ASSERT_EQ(first.size(), 1u);
  EXPECT_EQ(again_at_, SteadyPoint::max());
  EXPECT_FALSE(rules_.must_close());
  end(first.front(), Feedback::answered);
  EXPECT_GT(ask_often().size(), 1u);
}

TEST_F(NewDayTest, AnAnswerThatTheDayIsStillUsedLetsTheNextOneAskAMinuteLater) {
  for (const Feedback feedback : {Feedback::throttled_daily, Feedback::answered}) {
    const auto first = ask_often();
    ASSERT_EQ(first.size(), 1u);
    end(first.front(), feedback, 0);
    EXPECT_TRUE(ask_often().empty());
    EXPECT_EQ(again_at_, steady_ + 1min);
    pass(1min);
  }
}

TEST_F(NewDayTest, WhatFindsOutNothingIsFollowedByAnotherOne) {
  for (const Feedback feedback : {Feedback::unreachable, Feedback::unanswered, Feedback::overloaded,
                                  Feedback::throttled_window}) {
    const auto one = ask_often();
    ASSERT_EQ(one.size(), 1u);
    end(one.front(), feedback);
    pass(10s);
  }
  const auto cancelled = ask_often();
  ASSERT_EQ(cancelled.size(), 1u);
  rules_.give_back(cancelled.front(), steady_);
  const auto never_sent = rules_.ask(Lane::search, steady_, wall_).grant;
  ASSERT_TRUE(never_sent);
  EXPECT_TRUE(ask_often().empty());
  rules_.give_back(*never_sent, steady_);
  EXPECT_EQ(ask_often().size(), 1u);
}

/// Each minute would be a thousand refusals on the day.
TEST(AdmissionRules, WhereNobodyKnowsTheMidnightsEachPossibleOneIsAskedForOnce) {
  AdmissionRules rules(roomy_limits(), nullptr, true);
  SteadyPoint steady(1h);
  Instant wall{std::chrono::sys_days(std::chrono::year(2026) / 1 / 15)};
  EXPECT_FALSE(rules.snapshot(steady).knows_midnights);
  for (int quarter = 1; quarter <= 3; ++quarter) {
    auto grant = rules.ask(Lane::objects, steady, wall).grant;
    ASSERT_TRUE(grant);
    rules.sent(*grant, steady);
    rules.ended(*grant, with_remaining(0), Feedback::throttled_daily, steady);
    EXPECT_FALSE(rules.ask(Lane::objects, steady, wall).grant);
    const auto next = rules.snapshot(steady).waits_for_day;
    EXPECT_EQ(next, std::chrono::sys_days(std::chrono::year(2026) / 1 / 15) + 15min * quarter + 2s);
    steady += *next - wall;
    wall = *next;
  }
  rules.set_midnights([](Instant now) { return now + 1h; });
  EXPECT_TRUE(rules.snapshot(steady).knows_midnights);
}

}  // namespace
}  // namespace payferry
