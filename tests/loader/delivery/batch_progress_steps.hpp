#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "loader/delivery/batch_progress.hpp"
#include "loader/delivery/batches.hpp"

namespace payferry::test {

using Step = BatchProgress::Step;
using StepKind = BatchProgress::StepKind;

/// When all of these requests were sent.
inline constexpr Instant kSent{std::chrono::milliseconds(1'780'000'000'000)};

inline BatchProgress::Options create() {
  BatchProgress::Options options;
  options.id_property = kKeyProperty;
  return options;
}
inline BatchProgress::Options create_without_key() {
  BatchProgress::Options options;
  options.has_key = false;
  return options;
}
inline BatchProgress::Options upsert() {
  BatchProgress::Options options = create();
  options.write = WriteMode::upsert;
  return options;
}

inline Answer answered(int status) {
  Answer answer;
  answer.reach = Reach::answered;
  answer.status = status;
  answer.sent_at = kSent;
  return answer;
}

inline Answer cut(Instant sent_at = kSent) {
  Answer answer(Reach::sent_unanswered, "reset");
  answer.sent_at = sent_at;
  return answer;
}

inline Verdict verdict(Reaction reaction, std::vector<FateKind> kinds) {
  Verdict verdict;
  verdict.reaction = reaction;
  for (const FateKind kind : kinds) {
    Fate fate;
    fate.kind = kind;
    verdict.fates.push_back(fate);
  }
  return verdict;
}

inline Verdict all(Reaction reaction, FateKind kind, const Step& step) {
  return verdict(reaction, std::vector<FateKind>(step.entries.size(), kind));
}

inline Verdict held_by(std::string id) {
  Verdict held = verdict(Reaction::none, {FateKind::held});
  held.fates.front().id = std::move(id);
  held.fates.front().refusal->category = "VALIDATION_ERROR";
  held.fates.front().refusal->correlation_id = "c-1";
  return held;
}

inline LookUpResult missing() {
  LookUpResult result;
  result.kind = LookUpResult::Kind::missing;
  return result;
}

inline LookUpResult found(std::string id, Origin origin) {
  LookUpResult result;
  result.kind = LookUpResult::Kind::found;
  result.record.id = std::move(id);
  result.origin = origin;
  return result;
}

inline std::vector<FinalOutcome> look_up(BatchProgress& progress,
                                         const std::vector<LookUpResult>& results) {
  const Step step = progress.next();
  EXPECT_TRUE(step.kind == StepKind::look_up || step.kind == StepKind::look_up_holder);
  EXPECT_EQ(step.entries.size(), results.size());
  return progress.take_look_up(step, results, 207);
}

inline std::vector<FinalOutcome> send(BatchProgress& progress, Verdict verdict,
                                      const Answer& answer) {
  const Step step = progress.next();
  EXPECT_EQ(step.kind, StepKind::send);
  EXPECT_EQ(step.entries.size(), verdict.fates.size());
  return progress.take_verdict(step, std::move(verdict), answer);
}

}  // namespace payferry::test
