#include "loader/delivery/origin.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace payferry {
namespace {

using namespace std::chrono_literals;

constexpr Instant kStarted{1'780'000'000'000ms};
constexpr Instant kSent = kStarted + 1h;
/// HubSpot's clock is ahead of ours by so much.
constexpr std::chrono::milliseconds kAhead = 30s;

HubSpotClock known_clock() {
  HubSpotClock clock;
  clock.observe_body(kSent, kSent, kSent + kAhead, kSent + kAhead);
  return clock;
}

enum class ClockIs { known, unknown };

struct Case {
  std::string rule;
  std::string run;                    ///< value of run_property that came back
  std::optional<Instant> created_at;  ///< by our clock; HubSpot tells it by its own
  std::optional<Instant> first_sent;
  ClockIs clock = ClockIs::known;
  bool keys_complete = true;
  Origin origin = Origin::before;
};

Origin judge(const Case& one, bool has_run_property) {
  FoundRecord found;
  found.id = "1";
  found.run = one.run;
  if (one.created_at) found.created_at = *one.created_at + kAhead;
  RunFacts run;
  run.run_id = "this-run";
  run.has_run_property = has_run_property;
  run.started = kStarted;
  const HubSpotClock clock = one.clock == ClockIs::known ? known_clock() : HubSpotClock();
  std::optional<SendTimes> sent;
  if (one.first_sent) sent = SendTime(*one.first_sent);
  return judge_origin(found, sent, run, clock, one.keys_complete);
}

void check_all(const std::vector<Case>& cases, bool has_run_property) {
  for (const Case& one : cases) EXPECT_EQ(judge(one, has_run_property), one.origin) << one.rule;
}

constexpr auto kNever = std::nullopt;
constexpr auto kUntold = std::nullopt;

TEST(Origin, ByRunProperty) {
  using enum Origin;
  const std::string ours = "this-run";
  const std::vector<Case> cases{
      {"another run's", "other-run", kSent + 1s, kSent, ClockIs::known, true, before},
      {"nobody's run", "", kSent + 1s, kSent, ClockIs::known, true, before},
      {"another run's, keys forgotten", "other-run", kSent, kSent, ClockIs::known, false, before},
      {"ours, this one never sent", ours, kSent + 1s, kNever, ClockIs::known, true, other_row},
      {"ours, made after sending", ours, kSent + 1s, kSent, ClockIs::known, true, this_record},
      {"ours, made before sending", ours, kSent - 1s, kSent, ClockIs::known, true, other_row},
      {"ours, made about when sent", ours, kSent, kSent, ClockIs::known, true, this_record},
      {"ours, clock unknown", ours, kSent - 1h, kSent, ClockIs::unknown, true, this_record},
      {"ours, moment untold", ours, kUntold, kSent, ClockIs::known, true, this_record},
  };
  check_all(cases, true);
}

/// An earlier row of the run may have made it, and be forgotten.
TEST(Origin, ByRunPropertyWithForgottenKeysOnlyTheMomentOrTheResultsLogTells) {
  using enum Origin;
  const std::string ours = "this-run";
  const std::vector<Case> cases{
      {"made after sending", ours, kSent + 1s, kSent, ClockIs::known, false, this_record},
      {"made before sending", ours, kSent - 1s, kSent, ClockIs::known, false, other_row},
      {"never sent", ours, kSent + 1s, kNever, ClockIs::known, false, other_row},
      {"clock unknown", ours, kSent - 1h, kSent, ClockIs::unknown, false, this_run},
      {"moment untold", ours, kUntold, kSent, ClockIs::known, false, this_run},
  };
  check_all(cases, true);
}

TEST(Origin, ByTheMomentWhenItWasMade) {
  using enum Origin;
  const std::vector<Case> cases{
      {"made after sending", "", kSent + 1s, kSent, ClockIs::known, true, this_record},
      {"made after sending, keys forgotten", "", kSent + 1s, kSent, ClockIs::known, false,
       this_record},
      {"made before sending", "", kSent - 1s, kSent, ClockIs::known, true, before},
      {"made when sent", "", kSent, kSent, ClockIs::known, true, this_record},
      {"clock unknown", "", kSent + 1h, kSent, ClockIs::unknown, true, before},
      {"moment untold", "", kUntold, kSent, ClockIs::known, true, before},
      {"never sent", "", kSent + 1s, kNever, ClockIs::known, true, before},
  };
  check_all(cases, false);
}

TEST(Origin, WithForgottenKeysOnlyTheResultsLogCanTellAnotherRow) {
  using enum Origin;
  const std::vector<Case> cases{
      {"made in the run, before sending", "", kSent - 1s, kSent, ClockIs::known, false, unclear},
      {"made in the run, never sent", "", kSent - 1s, kNever, ClockIs::known, false, unclear},
      {"made before the run", "", kStarted - 10s, kSent, ClockIs::known, false, before},
      {"made about when the run began", "", kStarted, kSent, ClockIs::known, false, unclear},
      {"clock unknown", "", kStarted - 1h, kSent, ClockIs::unknown, false, unclear},
      {"moment untold", "", kUntold, kSent, ClockIs::known, false, unclear},
  };
  check_all(cases, false);
}

// Another run of the same file, with a run directory of its own, may have made it since.
TEST(Origin, WhatWasMadeLongAfterTheLastSendingIsSomebodyElses) {
  SendTimes sent{SendTime(kSent)};
  sent.last = kSent + 1h;
  FoundRecord found;
  found.created_at = kSent + 1h + 100s + kAhead;
  EXPECT_EQ(judge_origin(found, sent, RunFacts(), known_clock(), true), Origin::this_record);
  found.created_at = kSent + 1h + 200s + kAhead;
  EXPECT_EQ(judge_origin(found, sent, RunFacts(), known_clock(), true), Origin::before);
  sent.last = kSent;
  found.created_at = kSent + 200s + kAhead;
  EXPECT_EQ(judge_origin(found, sent, RunFacts(), known_clock(), true), Origin::before);
}

TEST(Origin, ATieIsNotOursWhereTheClocksAreKnownRoughly) {
  HubSpotClock clock;
  clock.observe(kSent, kSent, kSent + kAhead);  // a Date header alone: whole seconds
  FoundRecord found;
  found.created_at = kSent + kAhead;
  EXPECT_EQ(judge_origin(found, SendTimes(kSent), RunFacts(), clock, true), Origin::before);
}

TEST(Origin, TheRunPropertyOfARunThatDoesNotUseOneSaysNothing) {
  const Case one{"no run_property", "this-run", kSent - 1s, kSent, ClockIs::known, true, {}};
  EXPECT_EQ(judge(one, false), Origin::before);
}

/// `undo` archives what is created: whoever cannot know must not say so.
TEST(Origin, WithoutRunPropertyNothingIsThisRecordUnlessItWasSentAndMadeCertainlyLater) {
  for (const bool keys_complete : {true, false}) {
    for (const ClockIs clock : {ClockIs::known, ClockIs::unknown}) {
      for (int ms = -50; ms <= -5; ++ms) {
        const Case one{"", "", kSent + std::chrono::milliseconds(ms), kSent, clock, keys_complete,
                       {}};
        EXPECT_NE(judge(one, false), Origin::this_record) << ms << " ms";
      }
    }
  }
}

}  // namespace
}  // namespace payferry
