#include "loader/run/outcome_line.hpp"

#include <gtest/gtest.h>

namespace payferry {
namespace {

constexpr Instant kAt{std::chrono::milliseconds(1'780'000'000'123)};

Outcome outcome_of(OutcomeStatus status) {
  Outcome outcome;
  outcome.record = RecordNumber(9);
  outcome.status = status;
  outcome.id = "383552769679";
  outcome.attempts = 2;
  outcome.http = 207;
  outcome.refusal->category = "VALIDATION_ERROR";
  outcome.refusal->code = "INVALID_OPTION";
  outcome.refusal->property = "hs_latest_status";
  outcome.refusal->column = "Status";
  outcome.refusal->message = "\"paid\\\" is no option\nof \xE2\x82\xAC";
  outcome.refusal->correlation_id = "0190-aa";
  outcome.refusal->first_record = RecordNumber(4);
  outcome.at = kAt;
  return outcome;
}

std::string text_of(const Outcome& outcome, const RecordIdentity& identity) {
  std::string text;
  append_outcome_line(text, outcome, identity);
  text.pop_back();
  return text;
}

OutcomeLine read_back(const Outcome& outcome, const RecordIdentity& identity) {
  const auto line = parse_outcome_line(text_of(outcome, identity));
  EXPECT_TRUE(line);
  return line.value();
}

class OutcomeLineOfStatus : public testing::TestWithParam<OutcomeStatus> {};

TEST_P(OutcomeLineOfStatus, ReadsBackAllThatWasWritten) {
  const Outcome outcome = outcome_of(GetParam());
  const OutcomeLine line = read_back(outcome, {LineNumber(10), "may.csv", "5363\"73"});
  EXPECT_EQ(line.outcome.record, outcome.record);
  EXPECT_EQ(line.outcome.status, GetParam());
  EXPECT_EQ(line.outcome.id, outcome.id);
  EXPECT_EQ(line.outcome.attempts, 2U);
  EXPECT_EQ(line.outcome.http, 207);
  EXPECT_EQ(line.outcome.refusal->category, outcome.refusal->category);
  EXPECT_EQ(line.outcome.refusal->code, outcome.refusal->code);
  EXPECT_EQ(line.outcome.refusal->property, outcome.refusal->property);
  EXPECT_EQ(line.outcome.refusal->column, outcome.refusal->column);
  EXPECT_EQ(line.outcome.refusal->message, outcome.refusal->message);
  EXPECT_EQ(line.outcome.refusal->correlation_id, outcome.refusal->correlation_id);
  EXPECT_EQ(line.outcome.refusal->first_record, RecordNumber(4));
  EXPECT_EQ(line.outcome.at, kAt);
  EXPECT_EQ(line.line, LineNumber(10));
  EXPECT_EQ(line.file, "may.csv");
  EXPECT_EQ(line.key, "5363\"73");
}

INSTANTIATE_TEST_SUITE_P(Every, OutcomeLineOfStatus,
                         testing::Values(OutcomeStatus::created, OutcomeStatus::updated,
                                         OutcomeStatus::existing, OutcomeStatus::invalid,
                                         OutcomeStatus::rejected, OutcomeStatus::unknown));

TEST(OutcomeLine, WhatTheLineDoesNotSayIsEmpty) {
  Outcome outcome;
  outcome.record = RecordNumber(1);
  outcome.status = OutcomeStatus::created;
  const OutcomeLine line = read_back(outcome, {LineNumber(2), "", ""});
  EXPECT_EQ(line.outcome.id, "");
  EXPECT_EQ(line.outcome.http, 0);
  EXPECT_EQ(line.outcome.attempts, 0U);
  EXPECT_FALSE(line.outcome.refusal->first_record);
  EXPECT_EQ(line.file, "");
  EXPECT_EQ(line.key, "");
}

TEST(OutcomeLine, AFileNameThatIsNotUtf8StillReadsBack) {
  const OutcomeLine line =
      read_back(outcome_of(OutcomeStatus::created), {LineNumber(10), "f\xE9vrier.csv", "k"});
  EXPECT_EQ(line.file, "f\xE9vrier.csv");
}

TEST(OutcomeLine, EveryTornLineIsNotOurs) {
  const std::string line = text_of(outcome_of(OutcomeStatus::rejected), {LineNumber(2), "", "k"});
  for (std::size_t size = 0; size < line.size(); ++size)
    EXPECT_FALSE(parse_outcome_line(line.substr(0, size))) << line.substr(0, size);
}

TEST(OutcomeLine, WhatPayferryCannotHaveWrittenIsNotOurs) {
  for (const char* line :
       {"", "[]", "{}", "1", R"({"record":1,"line":2,"status":"lost","at":"2026-05-28T20:26:40Z"})",
        R"({"record":"1","line":2,"status":"created","at":"2026-05-28T20:26:40Z"})",
        R"({"line":2,"status":"created","at":"2026-05-28T20:26:40Z"})",
        R"({"record":1,"line":2,"status":"created","at":"now"})",
        R"({"record":1,"line":2,"status":"created"})",
        R"({"record":1,"line":2,"status":"created","id":5,"at":"2026-05-28T20:26:40Z"})"}) {
    EXPECT_FALSE(parse_outcome_line(line)) << line;
  }
}

}  // namespace
}  // namespace payferry
