#include "loader/delivery/feedback.hpp"

#include <gtest/gtest.h>

namespace payferry {
namespace {

Feedback feedback(Reach reach, Reaction reaction,
                  ThrottlePolicy throttle = ThrottlePolicy::window) {
  WholeVerdict verdict;
  verdict.reaction = reaction;
  verdict.throttle = throttle;
  return feedback_of(Answer(reach, ""), verdict);
}

TEST(Feedback, WhatWasNotAnsweredIsToldByHowFarItGot) {
  EXPECT_EQ(feedback(Reach::not_sent, Reaction::retry), Feedback::unreachable);
  EXPECT_EQ(feedback(Reach::sent_unanswered, Reaction::retry), Feedback::unanswered);
}

TEST(Feedback, AThrottledRequestNamesItsPolicy) {
  EXPECT_EQ(feedback(Reach::answered, Reaction::throttled, ThrottlePolicy::window),
            Feedback::throttled_window);
  EXPECT_EQ(feedback(Reach::answered, Reaction::throttled, ThrottlePolicy::secondly),
            Feedback::throttled_secondly);
  EXPECT_EQ(feedback(Reach::answered, Reaction::throttled, ThrottlePolicy::daily),
            Feedback::throttled_daily);
}

TEST(Feedback, AServerInTroubleIsOverloaded) {
  EXPECT_EQ(feedback(Reach::answered, Reaction::retry), Feedback::overloaded);
  EXPECT_EQ(feedback(Reach::answered, Reaction::locked), Feedback::overloaded);
}

TEST(Feedback, EveryOtherAnswerIsAnAnswer) {
  for (const Reaction reaction :
       {Reaction::none, Reaction::isolate, Reaction::moving, Reaction::refresh, Reaction::stop}) {
    EXPECT_EQ(feedback(Reach::answered, reaction), Feedback::answered);
  }
}

}  // namespace
}  // namespace payferry
